package resilience_test

import (
	"testing"

	"github.com/revocheck/revocheck/reference/internal/fault/resilience"
	"github.com/revocheck/revocheck/reference/internal/trial"
)

func TestEachFaultDiffersFromTheHealthyGateway(t *testing.T) {
	trial.Faults(t, resilience.Faults(), storeDownObservations, connectionObservations, lostObservations, trackedObservations)
}
