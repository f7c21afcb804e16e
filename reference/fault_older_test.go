package reference

import (
	"time"

	"github.com/golang-jwt/jwt/v5"
)

var olderObservations = map[string]sound{
	"second-logout-ends-older": func(g *rig) bool {
		dead, sibling := g.dead("alice"), g.login("alice")
		g.wait(2 * time.Second)
		g.logout(dead)
		return g.call(sibling) == 200
	},
	"expired-logout-ends-older": func(g *rig) bool {
		old := g.loginFor("alice", 1)
		g.expire(old)
		sibling := g.login("alice")
		g.wait(2 * time.Second)
		g.logout(old)
		return g.call(sibling) == 200
	},
	"logout-denies-forged-expired": survives(forgedExpired),
	"call-denies-forged-expired": func(g *rig) bool {
		raw := g.login("alice")
		g.call(forgedExpired(g, g.claimsOf(raw)))
		return g.call(raw) == 200
	},
}

// forgedExpired is a token of the claims that has expired, by another key.
func forgedExpired(g *rig, claims jwt.MapClaims) string {
	claims["exp"] = g.clock.Now().Add(-time.Hour).Unix()
	return forge(g, jwt.SigningMethodHS256, []byte("not the key"), claims, nil)
}
