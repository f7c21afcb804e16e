package lifecycle_test

import (
	"github.com/revocheck/revocheck/reference/internal/trial"
)

var logoutObservations = map[string]trial.Sound{
	"logout-does-nothing":     diesAtLogout,
	"young-token-not-revoked": diesAtLogout,
}

// diesAtLogout: the plain replay, which most faults of a logout fail.
func diesAtLogout(g *trial.Gateway) bool { return g.Call(g.Dead("alice")) == 401 }
