package lifecycle_test

import (
	"time"

	"github.com/revocheck/revocheck/reference/internal/fault"
	"github.com/revocheck/revocheck/reference/internal/trial"
)

var inFlightObservations = map[string]trial.Sound{
	"stale-fill": func(g *trial.Gateway) bool {
		for part := range 8 {
			raw := g.Login("alice")
			g.AtOnce(2, func(i int) {
				if i == 0 {
					g.Call(raw)
					return
				}
				time.Sleep(time.Duration(part) * fault.Overlap / 2)
				g.Logout(raw)
			})
			if g.Call(raw) != 401 {
				return false
			}
		}
		return true
	},
	"session-written-back": func(g *trial.Gateway) bool {
		for range 10 {
			raw := g.Login("alice")
			g.AtOnce(5, func(i int) {
				if i == 4 {
					time.Sleep(fault.Overlap)
					g.Logout(raw)
					return
				}
				g.Call(raw)
			})
			g.Wait(time.Second)
			if g.Call(raw) != 401 {
				return false
			}
		}
		return true
	},
}
