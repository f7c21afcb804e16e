package wire_test

import (
	"testing"

	"github.com/revocheck/revocheck/reference/internal/fault/wire"
	"github.com/revocheck/revocheck/reference/internal/trial"
)

func TestEachFaultDiffersFromTheHealthyGateway(t *testing.T) {
	trial.Faults(t, wire.Faults(), refusalObservations, leakObservations, sizeObservations)
}
