package expiry_test

import "github.com/revocheck/revocheck/reference/internal/trial"

var signatureCacheObservations = map[string]trial.Sound{
	"signature-cache-outlives-exp": func(g *trial.Gateway) bool {
		raw := g.Login("alice")
		before := g.Call(raw)
		g.Expire(raw)
		return before == 200 && g.Call(raw) == 401
	},
}
