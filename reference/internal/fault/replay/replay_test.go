package replay_test

import (
	"testing"

	"github.com/revocheck/revocheck/reference/internal/fault/replay"
	"github.com/revocheck/revocheck/reference/internal/trial"
)

func TestEachFaultDiffersFromTheHealthyGateway(t *testing.T) {
	trial.Faults(t, replay.Faults(), routeObservations, urlObservations, headerObservations, connectionObservations, sideEffectObservations, carrierObservations, hammeredObservations, backendBypasObservations, openPathObservations)
}
