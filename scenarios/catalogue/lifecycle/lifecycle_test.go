package lifecycle_test

import (
	"testing"

	"github.com/revocheck/revocheck/scenarios/catalogue/internal/prove"
	"github.com/revocheck/revocheck/scenarios/catalogue/lifecycle"
)

func TestInFlightCallsAreCounted(t *testing.T) {
	prove.Measures(t, lifecycle.Scenarios(), "lifecycle/in-flight-call-at-logout", "in-flight calls accepted")
}
