package replay_test

import (
	"net/http"

	"github.com/revocheck/revocheck/reference/internal/trial"
)

var backendBypasObservations = map[string]trial.Sound{
	"backend-open": func(g *trial.Gateway) bool { return g.Around() == http.StatusForbidden },
	"backend-unaware": func(g *trial.Gateway) bool {
		raw := g.Login("alice")
		g.Logout(raw)
		return g.Around(trial.Bearing(raw)) == http.StatusForbidden
	},
}
