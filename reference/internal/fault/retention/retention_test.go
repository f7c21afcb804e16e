package retention_test

import (
	"testing"

	"github.com/revocheck/revocheck/reference/internal/fault/retention"
	"github.com/revocheck/revocheck/reference/internal/trial"
)

func TestEachFaultDiffersFromTheHealthyGateway(t *testing.T) {
	trial.Faults(t, retention.Faults(), timeToLiveObservations, entryObservations, manyRevocationObservations, lapseObservations, steadyUseObservations, lateLogoutObservations)
}
