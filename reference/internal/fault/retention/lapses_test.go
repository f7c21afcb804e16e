package retention_test

import (
	"time"

	"github.com/revocheck/revocheck/reference/internal/trial"
)

var lapseObservations = map[string]trial.Sound{
	"revocation-gap": func(g *trial.Gateway) bool { return g.StaysDead(10, 100*time.Millisecond, g.Dead("alice")) },
	"other-doors-forget": func(g *trial.Gateway) bool {
		raw := g.Dead("alice")
		g.Wait(11 * time.Second)
		return g.Send(0, "GET", "/api/orders", "", trial.Bearing(raw)).Code == 401
	},
	"other-user-forgotten": func(g *trial.Gateway) bool {
		raw := g.Dead("bob")
		g.Wait(11 * time.Second)
		return g.Call(raw) == 401
	},
	"second-replica-forgets": func(g *trial.Gateway) bool {
		raw := g.Dead("alice")
		g.Wait(61 * time.Second)
		return g.Elsewhere(raw) == 401
	},
	"second-replica-blinks": func(g *trial.Gateway) bool {
		raw := g.Dead("alice")
		g.Wait(3500 * time.Millisecond)
		return g.Elsewhere(raw) == 401
	},
}
