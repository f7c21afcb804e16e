package concurrency_test

import (
	"github.com/revocheck/revocheck/reference/internal/trial"
)

var crowdObservations = map[string]trial.Sound{
	"sheds-checks-when-busy": func(g *trial.Gateway) bool {
		raw := g.Dead("alice")
		return g.AllAtOnce(200, func(int) bool { return g.Call(raw) == 401 })
	},
	"logout-queue-overflows": func(g *trial.Gateway) bool {
		tokens := make([]string, 100)
		for i := range tokens {
			tokens[i] = g.Login("alice")
		}
		g.AtOnce(len(tokens), func(i int) { g.Logout(tokens[i]) })
		return g.StaysDead(1, 0, tokens...)
	},
}
