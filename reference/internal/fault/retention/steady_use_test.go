package retention_test

import (
	"time"

	"github.com/revocheck/revocheck/reference/internal/trial"
)

var steadyUseObservations = map[string]trial.Sound{
	"sweep-loses-logouts": func(g *trial.Gateway) bool {
		for range 20 {
			if g.Call(g.Dead("alice")) != 401 {
				return false
			}
			g.Wait(500 * time.Millisecond)
		}
		return true
	},
	"live-token-blinks": func(g *trial.Gateway) bool {
		raw := g.Login("alice")
		g.Wait(10500 * time.Millisecond)
		return g.Call(raw) == 200
	},
}
