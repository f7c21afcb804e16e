package lifecycle_test

import (
	"github.com/revocheck/revocheck/reference/internal/trial"
)

var logoutObservations = map[string]trial.Sound{
	"logout-does-nothing": diesAtLogout,
	"logout-lost-every-third": func(g *trial.Gateway) bool {
		for range 3 {
			if !diesAtLogout(g) {
				return false
			}
		}
		return true
	},
	"young-token-not-revoked": diesAtLogout,
	"session-fixated-logout": func(g *trial.Gateway) bool {
		raw, newer := g.Login("alice"), g.Login("alice")
		g.MustLogout(raw)
		return g.Call(raw) == 401 && g.Call(newer) == 200
	},
}

// diesAtLogout: the plain replay, which most faults of a logout fail.
func diesAtLogout(g *trial.Gateway) bool { return g.Call(g.Dead("alice")) == 401 }
