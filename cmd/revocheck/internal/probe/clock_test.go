package probe

import (
	"testing"
	"time"

	"github.com/revocheck/revocheck/scenarios/preflight"
)

// TestTheClockIsNotSaidToAgree where nothing tells it.
func TestTheClockIsNotSaidToAgree(t *testing.T) {
	for want, f := range map[string]preflight.Clock{
		"no difference to this machine's can be seen":                                    {Unsure: 100 * time.Millisecond},
		"not known: no answer has a Date; it is taken to be within 3s of this machine's": {Unsure: 3 * time.Second},
		"2s ahead of this machine's":                                                     {Ahead: 2 * time.Second, Unsure: 3 * time.Second},
	} {
		if got := clockOf(preflight.Observations{Clock: f}); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
