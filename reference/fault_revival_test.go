package reference

import (
	"net/http"
	"strings"
	"time"
)

var revivalObservations = map[string]sound{
	"bad-signature-revives": staysDead(func(g *rig, raw string) {
		dot := strings.LastIndexByte(raw, '.')
		g.call(raw[:dot+5] + flip(raw[dot+5]) + raw[dot+6:])
	}),
	"breaker-opens-on-bad-tokens": staysDead(func(g *rig, _ string) {
		for range 20 {
			g.call("a.b.c")
		}
	}),
	"failed-login-revives": staysDead(func(g *rig, _ string) {
		g.send(0, http.MethodPost, "/login", `{"user":"alice","password":"wrong"}`)
	}),
	"login-of-another-revives": staysDead(func(g *rig, raw string) { g.loginFor("bob", 0, bearing(raw)) }),
	"options-revives":          staysDead(func(g *rig, raw string) { g.send(0, http.MethodOptions, "/api/hello", "", bearing(raw)) }),
	"open-route-revives": staysDead(func(g *rig, raw string) {
		for range 2 {
			g.send(0, http.MethodGet, "/public", "", bearing(raw))
			g.wait(3 * time.Second)
		}
	}),
}

// staysDead: what happens after a logout does not revive its token.
func staysDead(happen func(g *rig, raw string)) sound {
	return func(g *rig) bool {
		raw := g.dead("alice")
		happen(g, raw)
		return g.call(raw) == 401
	}
}
