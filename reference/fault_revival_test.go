package reference

import (
	"net/http"
	"strings"
	"time"
)

var revivalObservations = map[string]Sound{
	"bad-signature-revives": staysDead(func(g *Gateway, raw string) {
		dot := strings.LastIndexByte(raw, '.')
		g.Call(raw[:dot+5] + flip(raw[dot+5]) + raw[dot+6:])
	}),
	"breaker-opens-on-bad-tokens": staysDead(func(g *Gateway, _ string) {
		for range 20 {
			g.Call("a.b.c")
		}
	}),
	"failed-login-revives": staysDead(func(g *Gateway, _ string) {
		g.Send(0, http.MethodPost, "/login", `{"user":"alice","password":"wrong"}`)
	}),
	"login-of-another-revives": staysDead(func(g *Gateway, raw string) { g.LoginFor("bob", 0, Bearing(raw)) }),
	"options-revives":          staysDead(func(g *Gateway, raw string) { g.Send(0, http.MethodOptions, "/api/hello", "", Bearing(raw)) }),
	"open-route-revives": staysDead(func(g *Gateway, raw string) {
		for range 2 {
			g.Send(0, http.MethodGet, "/public", "", Bearing(raw))
			g.Wait(3 * time.Second)
		}
	}),
}

// staysDead: what happens after a logout does not revive its token.
func staysDead(happen func(g *Gateway, raw string)) Sound {
	return func(g *Gateway) bool {
		raw := g.Dead("alice")
		happen(g, raw)
		return g.Call(raw) == 401
	}
}
