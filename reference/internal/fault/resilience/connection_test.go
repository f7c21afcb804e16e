package resilience_test

import (
	"time"

	"github.com/revocheck/revocheck/reference/internal/trial"
)

var connectionObservations = map[string]trial.Sound{
	"slow-store-accepts": func(g *trial.Gateway) bool {
		raw := g.Dead("alice")
		g.Must(g.SlowStore(4 * time.Second))
		return g.Call(raw) != 200
	},
	"reset-accepts": func(g *trial.Gateway) bool {
		raw := g.Dead("alice")
		g.Must(g.ResetStore())
		return g.Call(raw) == 503
	},
	"never-reconnects": func(g *trial.Gateway) bool {
		raw := g.Login("alice")
		g.MustBreakStore()
		g.Call(raw)
		g.Must(g.MendStore())
		return g.Call(raw) == 200
	},
	"gives-store-up": func(g *trial.Gateway) bool {
		raw := g.Dead("alice")
		g.MustBreakStore()
		g.Call(raw)
		g.Must(g.MendStore())
		return g.Call(raw) == 401
	},
}
