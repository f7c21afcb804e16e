package isolation_test

import (
	"github.com/revocheck/revocheck/reference/internal/gateway"
	"github.com/revocheck/revocheck/reference/internal/trial"
)

var claimObservations = map[string]trial.Sound{
	"odd-jti-unchecked": func(g *trial.Gateway) bool {
		raw := g.MustMint(map[string]any{"jti": 7}, nil)
		g.Logout(raw)
		return g.Call(raw) == 401
	},
	"narrow-claims-unchecked": endsMinted(map[string]any{"aud": []string{gateway.Audience, "another-api"}}, nil),
	"other-typ-unchecked":     endsMinted(nil, map[string]any{"typ": "at+jwt"}),
	"undated-token-unchecked": endsMinted(map[string]any{"iat": nil}, nil),
}

// endsMinted: a token of that make is accepted until its logout.
func endsMinted(claims, header map[string]any) trial.Sound {
	return func(g *trial.Gateway) bool {
		raw := g.MustMint(claims, header)
		live := g.Call(raw)
		g.MustLogout(raw)
		return live == 200 && g.Call(raw) == 401
	}
}
