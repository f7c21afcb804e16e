package expiry_test

import (
	"testing"

	"github.com/revocheck/revocheck/reference/internal/fault/expiry"
	"github.com/revocheck/revocheck/reference/internal/trial"
)

func TestEachFaultDiffersFromTheHealthyGateway(t *testing.T) {
	trial.Faults(t, expiry.Faults(), expObservations, notYetObservations, entryPointObservations, signatureCacheObservations)
}
