package forgery_test

import (
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/revocheck/revocheck/reference/internal/trial"
)

var forgedLogoutObservations = map[string]trial.Sound{
	"logout-unverified": survives(unsignedWith("none")),
	"logout-accepts-resigned": survives(func(g *trial.Gateway, claims jwt.MapClaims) string {
		return forge(g, jwt.SigningMethodHS256, []byte("not the key"), claims, nil)
	}),
	"stray-logout-revives": func(g *trial.Gateway) bool {
		raw := g.Dead("alice")
		g.Send(0, "POST", "/logout", "")
		return g.Call(raw) == 401
	},
	"logout-denies-forged-expired": survives(forgedExpired),
	"call-denies-forged-expired": func(g *trial.Gateway) bool {
		raw := g.Login("alice")
		g.Call(forgedExpired(g, g.ClaimsOf(raw)))
		return g.Call(raw) == 200
	},
}

// survives: a forged token at logout does not end the one that it copies.
func survives(make forger) trial.Sound {
	return func(g *trial.Gateway) bool {
		raw := g.Login("alice")
		g.Logout(make(g, g.ClaimsOf(raw)))
		return g.Call(raw) == 200
	}
}

// forgedExpired is a token of the claims that has expired, by another key.
func forgedExpired(g *trial.Gateway, claims jwt.MapClaims) string {
	claims["exp"] = g.Clock.Now().Add(-time.Hour).Unix()
	return forge(g, jwt.SigningMethodHS256, []byte("not the key"), claims, nil)
}
