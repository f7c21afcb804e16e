package resilience_test

import (
	"github.com/revocheck/revocheck/reference/internal/trial"
)

var storeDownObservations = map[string]trial.Sound{
	"fails-open": func(g *trial.Gateway) bool {
		raw := g.Dead("alice")
		g.MustBreakStore()
		return g.Call(raw) == 503
	},
	"falls-back-to-memory": func(g *trial.Gateway) bool {
		raw := g.Login("alice")
		g.MustBreakStore()
		return g.Logout(raw) == 503 && g.Elsewhere(raw) == 503
	},
	"logout-success-when-down": func(g *trial.Gateway) bool {
		raw := g.Login("alice")
		g.MustBreakStore()
		return g.Logout(raw) == 503
	},
	"stale-when-cut-off": func(g *trial.Gateway) bool {
		raw := g.Login("alice")
		before := g.Elsewhere(raw)
		g.MustLogout(raw)
		g.Must(g.PartitionStore(1))
		return before == 200 && g.Elsewhere(raw) == 503 && g.Call(raw) == 401
	},
	"breaker-opens-the-gate": func(g *trial.Gateway) bool {
		raw := g.Dead("alice")
		g.MustBreakStore()
		for range 6 {
			if g.Call(raw) != 503 {
				return false
			}
		}
		return true
	},
	"open-declared-closed-served": func(g *trial.Gateway) bool {
		raw := g.Login("alice")
		g.MustBreakStore()
		return g.Call(raw) == 200
	},
}
