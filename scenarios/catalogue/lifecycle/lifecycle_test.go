package lifecycle_test

import (
	"testing"

	"github.com/revocheck/revocheck/scenarios/catalogue/internal/prove"
	"github.com/revocheck/revocheck/scenarios/catalogue/lifecycle"
)

func TestInFlightCallsAreCounted(t *testing.T) {
	prove.Measures(t, lifecycle.Scenarios(), "lifecycle/in-flight-call-at-logout", "in-flight calls accepted")
}

func TestACacheThatACallFillsLateIsFound(t *testing.T) {
	prove.Faults(t, lifecycle.Scenarios(), map[string][]string{
		"stale-fill": {"lifecycle/in-flight-call-at-logout"},
	})
}
