package reference

import (
	"net/http"

	"github.com/golang-jwt/jwt/v5"

	"github.com/revocheck/revocheck/fixtures/attack/forgery"
)

var doorObservations = map[string]Sound{
	"guessable-secret": func(g *Gateway) bool { return !forgery.Guessed(g.Login("alice")) },
	"second-route-accepts-none": func(g *Gateway) bool {
		var claims jwt.MapClaims = g.ClaimsOf(g.Login("alice"))
		return g.Send(0, http.MethodPost, "/api/orders", "", Bearing(unsignedWith("none")(g, claims))).Code == 401
	},
	"second-route-ignores-exp": refusesExpired(http.MethodPost, "/api/orders"),
	"head-ignores-exp":         refusesExpired(http.MethodHead, "/api/hello"),
	"second-replica-ignores-issuer": func(g *Gateway) bool {
		return g.Elsewhere(g.MustMint(map[string]any{"iss": "somebody-else"}, nil)) == 401
	},
}

func refusesExpired(method, path string) Sound {
	return func(g *Gateway) bool {
		raw := g.Login("alice")
		g.Expire(raw)
		return g.Send(0, method, path, "", Bearing(raw)).Code == 401
	}
}
