package retention_test

import (
	"time"

	"github.com/revocheck/revocheck/reference/internal/trial"
)

var lateLogoutObservations = map[string]trial.Sound{
	"late-logout-lost": func(g *trial.Gateway) bool {
		raw := g.LoginFor("alice", 3600)
		g.Wait(31 * time.Minute)
		g.MustLogout(raw)
		return g.Call(raw) == 401
	},
	"served-stale-once": func(g *trial.Gateway) bool {
		raw := g.Login("alice")
		g.Call(raw)
		g.Wait(4 * time.Second)
		g.MustLogout(raw)
		return g.Call(raw) == 401
	},
	"polls-seldom-when-quiet": func(g *trial.Gateway) bool {
		g.Wait(10 * time.Second)
		return g.Elsewhere(g.Dead("alice")) == 401
	},
	"first-check-after-silence-open": func(g *trial.Gateway) bool {
		raw := g.Dead("alice")
		g.Wait(30 * time.Second)
		return g.Call(raw) == 401
	},
}
