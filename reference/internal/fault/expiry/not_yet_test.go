package expiry_test

import (
	"github.com/revocheck/revocheck/reference/internal/trial"
)

var notYetObservations = map[string]trial.Sound{
	"nbf-not-checked": func(g *trial.Gateway) bool {
		return g.Call(g.MustMint(map[string]any{"nbf": g.Clock.Now().Unix() + 60}, nil)) == 401
	},
	"iat-future-escapes": func(g *trial.Gateway) bool {
		raw := g.MustMint(map[string]any{"iat": g.Clock.Now().Unix() + 60}, nil)
		accepted := g.Call(raw)
		g.MustLogout(raw)
		return accepted == 200 && g.Call(raw) == 401
	},
}
