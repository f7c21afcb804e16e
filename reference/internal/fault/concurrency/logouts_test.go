package concurrency_test

import (
	"time"

	"github.com/revocheck/revocheck/reference/internal/trial"
)

var logoutObservations = map[string]trial.Sound{
	"ack-before-write": func(g *trial.Gateway) bool {
		raw := g.Dead("alice")
		first := g.Call(raw)
		g.Wait(100 * time.Millisecond)
		return first == 401 && g.Call(raw) == 401
	},
	"logout-lost-every-third": func(g *trial.Gateway) bool {
		for range 3 {
			if g.Call(g.Dead("alice")) != 401 {
				return false
			}
		}
		return true
	},
	"logout-lost-when-busy": func(g *trial.Gateway) bool {
		tokens := []string{g.Login("alice"), g.Login("bob")}
		g.AtOnce(len(tokens), func(i int) { g.Logout(tokens[i]) })
		return g.Call(tokens[0]) == 401 && g.Call(tokens[1]) == 401
	},
}
