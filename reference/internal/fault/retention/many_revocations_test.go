package retention_test

import (
	"github.com/revocheck/revocheck/reference/internal/trial"
)

var manyRevocationObservations = map[string]trial.Sound{
	"lru-1000": func(g *trial.Gateway) bool {
		first := g.Dead("alice")
		for range 1000 {
			g.Dead("bob")
		}
		return g.Call(first) == 401
	},
	"full-list-drops": func(g *trial.Gateway) bool {
		for range 1000 {
			g.Dead("alice")
		}
		return g.Call(g.Dead("alice")) == 401
	},
	"filter-fills-up": trial.ServesFresh(501, 20),
}
