package reference

import (
	"time"

	"github.com/golang-jwt/jwt/v5"
)

var olderObservations = map[string]Sound{
	"second-logout-ends-older": func(g *Gateway) bool {
		dead, sibling := g.Dead("alice"), g.Login("alice")
		g.Wait(2 * time.Second)
		g.Logout(dead)
		return g.Call(sibling) == 200
	},
	"expired-logout-ends-older": func(g *Gateway) bool {
		old := g.LoginFor("alice", 1)
		g.Expire(old)
		sibling := g.Login("alice")
		g.Wait(2 * time.Second)
		g.Logout(old)
		return g.Call(sibling) == 200
	},
	"logout-denies-forged-expired": survives(forgedExpired),
	"call-denies-forged-expired": func(g *Gateway) bool {
		raw := g.Login("alice")
		g.Call(forgedExpired(g, g.ClaimsOf(raw)))
		return g.Call(raw) == 200
	},
}

// forgedExpired is a token of the claims that has expired, by another key.
func forgedExpired(g *Gateway, claims jwt.MapClaims) string {
	claims["exp"] = g.Clock.Now().Add(-time.Hour).Unix()
	return forge(g, jwt.SigningMethodHS256, []byte("not the key"), claims, nil)
}
