package isolation_test

import (
	"testing"

	"github.com/revocheck/revocheck/reference/internal/fault/isolation"
	"github.com/revocheck/revocheck/reference/internal/trial"
)

func TestEachFaultDiffersFromTheHealthyGateway(t *testing.T) {
	trial.Faults(t, isolation.Faults(), otherUserObservations, siblingObservations, keyObservations, claimObservations, overBlockObservations, logoutByNobodyObservations, cutOffObservations)
}
