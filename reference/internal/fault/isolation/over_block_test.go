package isolation_test

import (
	"github.com/revocheck/revocheck/reference/internal/trial"
)

var overBlockObservations = map[string]trial.Sound{
	"over-block-one-percent": trial.ServesFresh(0, 200),
	"logout-holds-up-others": func(g *trial.Gateway) bool {
		raw := g.Login("bob")
		g.Dead("alice")
		return g.Send(0, "GET", "/api/orders", "", trial.Bearing(raw)).Code == 200
	},
}
