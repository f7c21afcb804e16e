package isolation_test

import (
	"strings"
	"testing"

	"github.com/revocheck/revocheck/reference"
	"github.com/revocheck/revocheck/scenarios/catalogue/internal/prove"
	"github.com/revocheck/revocheck/scenarios/catalogue/isolation"
)

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
	if ended != 14 {
		t.Errorf("%d tokens were ended, not 14: %v", ended, r.Notes)
	}
}
