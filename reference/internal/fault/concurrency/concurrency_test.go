package concurrency_test

import (
	"testing"

	"github.com/revocheck/revocheck/reference/internal/fault/concurrency"
	"github.com/revocheck/revocheck/reference/internal/trial"
)

func TestEachFaultDiffersFromTheHealthyGateway(t *testing.T) {
	trial.Faults(t, concurrency.Faults(), logoutObservations, cacheObservations, crowdObservations, twoUserObservations, trackedObservations)
}
