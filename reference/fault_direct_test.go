package reference

import (
	"net/http"
	"net/http/httptest"
)

var directObservations = map[string]Sound{
	"backend-open": func(g *Gateway) bool { return g.Around() == http.StatusForbidden },
	"backend-unaware": func(g *Gateway) bool {
		raw := g.Login("alice")
		g.Logout(raw)
		return g.Around(Bearing(raw)) == http.StatusForbidden
	},
	"logout-trusts-jti-field": func(g *Gateway) bool {
		victim := g.Login("alice")
		jti, _ := g.ClaimsOf(victim)["jti"].(string)
		g.Send(0, http.MethodPost, "/logout?jti="+jti, "", Bearing(g.Login("bob")))
		return g.Call(victim) == http.StatusOK
	},
}

// Around calls the backend around the gateway.
func (g *Gateway) Around(edits ...Edit) int {
	r := httptest.NewRequest(http.MethodGet, "/api/hello", nil)
	for _, e := range edits {
		e(r)
	}
	w := httptest.NewRecorder()
	g.DirectBackend().ServeHTTP(w, r)
	return w.Code
}
