package lifecycle_test

import (
	"testing"

	"github.com/revocheck/revocheck/reference/internal/fault/lifecycle"
	"github.com/revocheck/revocheck/reference/internal/trial"
)

func TestEachFaultDiffersFromTheHealthyGateway(t *testing.T) {
	trial.Faults(t, lifecycle.Faults(), credentialObservations, loginObservations, logoutObservations, secondLogoutObservations, logoutAsSentObservations, revivalObservations, inFlightObservations)
}
