package concurrency_test

import (
	"net/http"
	"time"

	"github.com/revocheck/revocheck/reference/internal/trial"
)

var cacheObservations = map[string]trial.Sound{
	"negative-cache": deadThoughJustAccepted,
	"positive-cache-5s": func(g *trial.Gateway) bool {
		raw := g.Login("alice")
		g.Call(raw)
		g.MustLogout(raw)
		g.Wait(4 * time.Second)
		return g.Call(raw) == 401
	},
}

func deadThoughJustAccepted(g *trial.Gateway) bool {
	raw := g.Login("alice")
	accepted := g.Call(raw)
	g.MustLogout(raw)
	return accepted == http.StatusOK && g.Call(raw) == http.StatusUnauthorized
}
