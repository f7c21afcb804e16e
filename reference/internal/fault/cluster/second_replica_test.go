package cluster_test

import (
	"github.com/revocheck/revocheck/reference/internal/trial"
)

var secondReplicaObservations = map[string]trial.Sound{
	"second-replica-orders-unchecked": func(g *trial.Gateway) bool {
		return g.Send(1, "GET", "/api/orders", "", trial.Bearing(g.Dead("alice"))).Code == 401
	},
}
