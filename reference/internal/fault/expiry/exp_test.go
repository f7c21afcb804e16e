package expiry_test

import (
	"time"

	"github.com/revocheck/revocheck/reference/internal/trial"
)

var expObservations = map[string]trial.Sound{
	"exp-not-checked":  func(g *trial.Gateway) bool { raw := g.Login("alice"); g.Expire(raw); return g.Call(raw) == 401 },
	"exp-text-ignored": func(g *trial.Gateway) bool { return g.Call(g.MustMint(map[string]any{"exp": "1"}, nil)) == 401 },
	"expires-early": func(g *trial.Gateway) bool {
		raw := g.Login("alice")
		g.Wait(59 * time.Minute)
		return g.Call(raw) == 200
	},
}
