package expiry_test

import (
	"net/http"

	"github.com/revocheck/revocheck/reference/internal/trial"
)

var entryPointObservations = map[string]trial.Sound{
	"second-route-ignores-exp":       refusesExpired(http.MethodPost, "/api/orders"),
	"head-ignores-exp":               refusesExpired(http.MethodHead, "/api/hello"),
	"second-replica-exp-not-checked": func(g *trial.Gateway) bool { raw := g.Login("alice"); g.Expire(raw); return g.Elsewhere(raw) == 401 },
}

func refusesExpired(method, path string) trial.Sound {
	return func(g *trial.Gateway) bool {
		raw := g.Login("alice")
		g.Expire(raw)
		return g.Send(0, method, path, "", trial.Bearing(raw)).Code == 401
	}
}
