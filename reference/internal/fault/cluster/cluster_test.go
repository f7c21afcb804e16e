package cluster_test

import (
	"testing"

	"github.com/revocheck/revocheck/reference/internal/fault/cluster"
	"github.com/revocheck/revocheck/reference/internal/trial"
)

func TestEachFaultDiffersFromTheHealthyGateway(t *testing.T) {
	trial.Faults(t, cluster.Faults(), propagationObservations, secondReplicaObservations, restartObservations)
}
