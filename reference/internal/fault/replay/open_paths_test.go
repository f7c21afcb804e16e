package replay_test

import (
	"net/http"
	"strings"

	"github.com/revocheck/revocheck/reference/internal/trial"
)

var openPathObservations = map[string]trial.Sound{
	"open-route-greets-dead-token": func(g *trial.Gateway) bool {
		body := g.Send(0, "GET", "/public", "", trial.Bearing(g.Dead("alice"))).Body.String()
		return !strings.Contains(body, "alice")
	},
	"login-exchanges-any-token": func(g *trial.Gateway) bool {
		return g.Send(0, "POST", "/login", "{}", trial.Bearing(g.Dead("alice"))).Code != http.StatusOK
	},
}
