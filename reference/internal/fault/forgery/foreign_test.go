package forgery_test

import (
	"github.com/revocheck/revocheck/reference/internal/gateway"
	"github.com/revocheck/revocheck/reference/internal/trial"
)

var foreignObservations = map[string]trial.Sound{
	"wrong-issuer-accepted": func(g *trial.Gateway) bool {
		return g.Call(g.MustMint(map[string]any{"iss": "somebody-else"}, nil)) == 401
	},
	"wrong-audience-accepted": func(g *trial.Gateway) bool {
		return g.Call(g.MustMint(map[string]any{"aud": "another-api"}, nil)) == 401
	},
	"issuer-by-prefix": func(g *trial.Gateway) bool {
		return g.Call(g.MustMint(map[string]any{"iss": gateway.Issuer + ".other.example"}, nil)) == 401
	},
	"audience-by-part": func(g *trial.Gateway) bool {
		return g.Call(g.MustMint(map[string]any{"aud": "other-" + gateway.Audience}, nil)) == 401
	},
}
