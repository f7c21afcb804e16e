package replay_test

import (
	"github.com/revocheck/revocheck/reference/internal/trial"
)

var sideEffectObservations = map[string]trial.Sound{
	"refused-call-reaches-backend": func(g *trial.Gateway) bool {
		g.Call(g.Dead("alice"))
		return g.Backend().Hits() == 0
	},
	"refused-write-reaches-backend": func(g *trial.Gateway) bool {
		g.Send(0, "POST", "/api/orders", "{}", trial.Bearing(g.Dead("alice")))
		return g.Backend().Hits() == 0
	},
	"posted-before-check": func(g *trial.Gateway) bool {
		raw := g.Dead("alice")
		before := g.Backend().Hits()
		g.Send(0, "POST", "/api/hello", "", trial.Bearing(raw))
		return g.Backend().Hits() == before
	},
}
