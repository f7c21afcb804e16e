package cluster_test

import (
	"time"

	"github.com/revocheck/revocheck/reference/internal/trial"
)

var propagationObservations = map[string]trial.Sound{
	"replica-never-hears": deadElsewhere,
	"replica-lags-100ms": func(g *trial.Gateway) bool {
		raw := g.Dead("alice")
		first := g.Elsewhere(raw)
		g.Wait(100 * time.Millisecond)
		return first == 401 && g.Elsewhere(raw) == 401
	},
	"lags-past-window": func(g *trial.Gateway) bool {
		raw := g.Dead("alice")
		g.Wait(g.Config().LeakWindow)
		return g.Elsewhere(raw) == 401
	},
}

func deadElsewhere(g *trial.Gateway) bool { return g.Elsewhere(g.Dead("alice")) == 401 }
