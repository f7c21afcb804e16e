package reference

import (
	"net/http"

	"github.com/golang-jwt/jwt/v5"

	"github.com/revocheck/revocheck/fixtures/attack/forgery"
)

var doorObservations = map[string]sound{
	"guessable-secret": func(g *rig) bool { return !forgery.Guessed(g.login("alice")) },
	"second-route-accepts-none": func(g *rig) bool {
		var claims jwt.MapClaims = g.claimsOf(g.login("alice"))
		return g.send(0, http.MethodPost, "/api/orders", "", bearing(unsignedWith("none")(g, claims))).Code == 401
	},
	"second-route-ignores-exp": refusesExpired(http.MethodPost, "/api/orders"),
	"head-ignores-exp":         refusesExpired(http.MethodHead, "/api/hello"),
	"second-replica-ignores-issuer": func(g *rig) bool {
		return g.elsewhere(g.mint(map[string]any{"iss": "somebody-else"}, nil)) == 401
	},
}

func refusesExpired(method, path string) sound {
	return func(g *rig) bool {
		raw := g.login("alice")
		g.expire(raw)
		return g.send(0, method, path, "", bearing(raw)).Code == 401
	}
}
