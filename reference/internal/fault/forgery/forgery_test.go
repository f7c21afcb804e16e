package forgery_test

import (
	"testing"

	"github.com/revocheck/revocheck/reference/internal/fault/forgery"
	"github.com/revocheck/revocheck/reference/internal/trial"
)

func TestEachFaultDiffersFromTheHealthyGateway(t *testing.T) {
	trial.Faults(t, forgery.Faults(), unsignedObservations, foreignObservations, keyObservations, forgedLogoutObservations, expiredLogoutObservations, entryPointObservations, signatureCacheObservations)
}
