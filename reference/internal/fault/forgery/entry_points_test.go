package forgery_test

import (
	"net/http"

	"github.com/revocheck/revocheck/reference/internal/trial"
)

var entryPointObservations = map[string]trial.Sound{
	"second-route-accepts-none": func(g *trial.Gateway) bool {
		claims := g.ClaimsOf(g.Login("alice"))
		return g.Send(0, http.MethodPost, "/api/orders", "", trial.Bearing(unsignedWith("none")(g, claims))).Code == 401
	},
	"second-replica-ignores-issuer": func(g *trial.Gateway) bool {
		return g.Elsewhere(g.MustMint(map[string]any{"iss": "somebody-else"}, nil)) == 401
	},
}
