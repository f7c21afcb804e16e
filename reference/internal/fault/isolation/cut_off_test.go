package isolation_test

import (
	"github.com/revocheck/revocheck/reference/internal/trial"
)

var cutOffObservations = map[string]trial.Sound{
	"cut-off-not-latest": func(g *trial.Gateway) bool {
		old := g.Dead("alice")
		newer := g.Dead("alice")
		g.Logout(old)
		return g.Call(newer) == 401
	},
}
