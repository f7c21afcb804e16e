package retention_test

import (
	"time"

	"github.com/revocheck/revocheck/reference/internal/trial"
)

var entryObservations = map[string]trial.Sound{
	"refused-call-refreshes-entry": deadAt(3600, 61*time.Second),
	"refused-call-shortens-entry": func(g *trial.Gateway) bool {
		raw := g.Dead("alice")
		g.Call(raw)
		g.Wait(61 * time.Second)
		return g.Call(raw) == 401
	},
	"revocations-share-a-life": func(g *trial.Gateway) bool {
		raw := g.Dead("alice")
		g.DeadFor("alice", 10)
		g.Wait(20 * time.Second)
		return g.Call(raw) == 401
	},
	"second-logout-shortens": func(g *trial.Gateway) bool {
		raw := g.Dead("alice")
		g.Logout(raw)
		g.Wait(time.Minute)
		return g.Call(raw) == 401
	},
}
