package wire_test

import (
	"strings"

	"github.com/revocheck/revocheck/reference/internal/trial"
)

var leakObservations = map[string]trial.Sound{
	"answer-cacheable": func(g *trial.Gateway) bool {
		w := g.Send(0, "GET", "/api/hello", "", trial.Bearing(g.Login("alice")))
		return !strings.Contains(w.Header().Get("Cache-Control"), "public")
	},
	"token-logged": func(g *trial.Gateway) bool {
		raw := g.Login("alice")
		g.Call(raw)
		return g.Log.Len() > 0 && !strings.Contains(g.Log.String(), raw)
	},
}
