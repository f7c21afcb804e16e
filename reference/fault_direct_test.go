package reference

import (
	"net/http"
	"net/http/httptest"
)

var directObservations = map[string]sound{
	"backend-open": func(g *rig) bool { return g.around() == http.StatusForbidden },
	"backend-unaware": func(g *rig) bool {
		raw := g.login("alice")
		g.logout(raw)
		return g.around(bearing(raw)) == http.StatusForbidden
	},
	"logout-trusts-jti-field": func(g *rig) bool {
		victim := g.login("alice")
		jti, _ := g.claimsOf(victim)["jti"].(string)
		g.send(0, http.MethodPost, "/logout?jti="+jti, "", bearing(g.login("bob")))
		return g.call(victim) == http.StatusOK
	},
}

// around calls the backend around the gateway.
func (g *rig) around(edits ...edit) int {
	r := httptest.NewRequest(http.MethodGet, "/api/hello", nil)
	for _, e := range edits {
		e(r)
	}
	w := httptest.NewRecorder()
	g.DirectBackend().ServeHTTP(w, r)
	return w.Code
}
