package cluster_test

import (
	"github.com/revocheck/revocheck/reference/internal/trial"
)

var restartObservations = map[string]trial.Sound{
	"restart-forgets": func(g *trial.Gateway) bool {
		raw := g.Dead("alice")
		if g.Elsewhere(raw) != 401 {
			g.T.Error("the logout did not reach the other replica")
		}
		if err := g.Restart(1); err != nil {
			g.T.Error(err)
		}
		return g.Elsewhere(raw) == 401
	},
}
