package wire_test

import (
	"testing"

	"github.com/revocheck/revocheck/scenarios/catalogue/internal/prove"
	"github.com/revocheck/revocheck/scenarios/catalogue/wire"
)

func TestFaultsFailWhatIsMeantForThem(t *testing.T) {
	prove.Faults(t, wire.Scenarios(), map[string][]string{
		"refusal-cacheable":         {"wire/refusal-not-cacheable"},
		"refusal-without-challenge": {"wire/refusal-shape"},
		"retry-after-absurd":        {"wire/refusal-shape"},
		"refusal-leaks-body":        {"wire/refusal-tells-nothing"},
		"refusal-wraps-body":        {"wire/refusal-tells-nothing"},
		"refusal-renews":            {"wire/refusal-hands-out-no-token"},
		"answer-cacheable":          {"wire/answer-not-shared"},
		"token-logged":              {"wire/token-not-logged"},
		"huge-token-skips-check":    {"wire/huge-token"},
		"huge-token-500":            {"wire/huge-token-no-failure"},
		"many-headers-skips-check":  {"wire/many-headers"},
	})
}

func TestSoundGatewaysPass(t *testing.T) { prove.Sound(t, wire.Scenarios()) }
