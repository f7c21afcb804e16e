package respelling_test

import (
	"testing"

	"github.com/revocheck/revocheck/reference"
	"github.com/revocheck/revocheck/scenarios/catalogue/internal/prove"
	"github.com/revocheck/revocheck/scenarios/catalogue/respelling"
)

func TestFaultsFailWhatIsMeantForThem(t *testing.T) {
	prove.Faults(t, respelling.Scenarios(), map[string][]string{
		"key-raw-header":                {"respelling/scheme-case"},
		"key-raw-token":                 {"respelling/trailing-bits", "respelling/padding"},
		"key-raw-token-strict":          {"respelling/ecdsa-twin"},
		"key-signature":                 {"respelling/ecdsa-twin"},
		"key-raw-query":                 {"respelling/in-query"},
		"key-raw-cookie":                {"respelling/in-cookie"},
		"truncated-signature-accepted":  {"respelling/truncated-signature"},
		"whitespace-spelling-unchecked": {"respelling/extra-space", "respelling/embedded-whitespace"},
		"other-scheme-unchecked":        {"respelling/other-scheme"},
		"junk-in-token-ignored":         {"respelling/non-alphabet"},
		"extra-segment-ignored":         {"respelling/extra-segment"},
		"escaped-token-accepted":        {"respelling/escaped"},
		"json-serialization-accepted":   {"respelling/json-serialization"},
		"sloppy-scheme-unchecked":       {"respelling/other-scheme"},
		"ecdsa-der-accepted":            {"respelling/ecdsa-der"},
		"eddsa-twin-accepted":           {"respelling/eddsa-twin"},
	})
}

func TestSpacesOfALenientParserEscapeAKeyOfTheHeader(t *testing.T) {
	cfg := reference.Config{Fault: "key-raw-header", Lenient: reference.Lenient{Header: true}}
	prove.Fails(t, respelling.Scenarios(), cfg, "respelling/extra-space")
}

func TestSoundGatewaysPass(t *testing.T) { prove.Sound(t, respelling.Scenarios()) }
