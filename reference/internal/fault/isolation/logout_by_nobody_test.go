package isolation_test

import (
	"net/http"

	"github.com/revocheck/revocheck/reference/internal/trial"
)

var logoutByNobodyObservations = map[string]trial.Sound{
	"empty-key": func(g *trial.Gateway) bool {
		g.Send(0, "POST", "/logout", "")
		return g.Send(0, "GET", "/public", "").Code == 200
	},
	"logout-without-token-names-jti": func(g *trial.Gateway) bool {
		raw := g.Login("alice")
		g.Send(0, "POST", "/logout?jti="+g.ClaimsOf(raw)["jti"].(string), "")
		return g.Call(raw) == 200
	},
	"logout-trusts-jti-field": func(g *trial.Gateway) bool {
		victim := g.Login("alice")
		jti, _ := g.ClaimsOf(victim)["jti"].(string)
		g.Send(0, http.MethodPost, "/logout?jti="+jti, "", trial.Bearing(g.Login("bob")))
		return g.Call(victim) == http.StatusOK
	},
}
