package isolation_test

import (
	"github.com/revocheck/revocheck/reference/internal/trial"
)

var keyObservations = map[string]trial.Sound{
	"key-sub-iat-second": func(g *trial.Gateway) bool {
		iat := g.Clock.Now().Unix()
		one, two := g.MustMint(map[string]any{"iat": iat}, nil), g.MustMint(map[string]any{"iat": iat}, nil)
		g.MustLogout(one)
		return g.Call(two) == 200
	},
	"jti-case-folded": func(g *trial.Gateway) bool {
		upper := g.MustMint(map[string]any{"jti": "ONE"}, nil)
		g.Logout(g.MustMint(map[string]any{"jti": "one"}, nil))
		return g.Call(upper) == 200
	},
	"neighbour-jti": trial.ServesFresh(1, 300),
}
