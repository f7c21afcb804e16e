package respelling_test

import (
	"testing"

	"github.com/revocheck/revocheck/reference/internal/fault/respelling"
	"github.com/revocheck/revocheck/reference/internal/trial"
)

func TestEachFaultDiffersFromTheHealthyGateway(t *testing.T) {
	trial.Faults(t, respelling.Faults(), keyObservations, schemeObservations, textObservations, signatureObservations)
}
