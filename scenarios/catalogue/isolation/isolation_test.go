package isolation_test

import (
	"strings"
	"testing"

	"github.com/revocheck/revocheck/reference"
	"github.com/revocheck/revocheck/scenarios/catalogue/internal/prove"
	"github.com/revocheck/revocheck/scenarios/catalogue/isolation"
)

func TestFaultsFailWhatIsMeantForThem(t *testing.T) {
	prove.Faults(t, isolation.Scenarios(), map[string][]string{
		"narrow-claims-unchecked": {"isolation/other-claims"},
		"other-typ-unchecked":     {"isolation/other-claims"},
		"undated-token-unchecked": {"isolation/other-claims"},
		"odd-jti-unchecked":       {"isolation/odd-jti"},
		"logout-holds-up-others":  {"isolation/no-over-block"},
	})
}

func TestSoundGatewaysPass(t *testing.T) {
	prove.Sound(t, isolation.Scenarios(), "isolation/other-claims", "isolation/no-over-block")
}

// The reference gateway takes a token of each make: one that is not taken would
// prove nothing.
func TestEachMakeIsTried(t *testing.T) {
	r := prove.Record(t, isolation.Scenarios(), reference.Config{}, "isolation/other-claims")
	ended := 0
	for _, s := range r.Steps {
		if strings.HasPrefix(s.Actual, "acknowledged") {
			ended++
		}
	}
	if ended != 13 {
		t.Errorf("%d tokens were ended, not 13: %v", ended, r.Notes)
	}
}
