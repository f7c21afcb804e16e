package lifecycle_test

import (
	"net/http"
	"strings"
	"time"

	"github.com/revocheck/revocheck/reference/internal/trial"
)

var revivalObservations = map[string]trial.Sound{
	"bad-signature-revives": staysDead(func(g *trial.Gateway, raw string) {
		dot := strings.LastIndexByte(raw, '.')
		g.Call(raw[:dot+5] + flip(raw[dot+5]) + raw[dot+6:])
	}),
	"breaker-opens-on-bad-tokens": staysDead(func(g *trial.Gateway, _ string) {
		for range 20 {
			g.Call("a.b.c")
		}
	}),
	"failed-login-revives": staysDead(func(g *trial.Gateway, _ string) {
		g.Send(0, http.MethodPost, "/login", `{"user":"alice","password":"wrong"}`)
	}),
	"login-of-another-revives": staysDead(func(g *trial.Gateway, raw string) { g.LoginFor("bob", 0, trial.Bearing(raw)) }),
	"options-revives": staysDead(func(g *trial.Gateway, raw string) {
		g.Send(0, http.MethodOptions, "/api/hello", "", trial.Bearing(raw))
	}),
	"open-route-revives": staysDead(func(g *trial.Gateway, raw string) {
		for range 2 {
			g.Send(0, http.MethodGet, "/public", "", trial.Bearing(raw))
			g.Wait(3 * time.Second)
		}
	}),
}

// staysDead: what happens after a logout does not revive its token.
func staysDead(happen func(g *trial.Gateway, raw string)) trial.Sound {
	return func(g *trial.Gateway) bool {
		raw := g.Dead("alice")
		happen(g, raw)
		return g.Call(raw) == 401
	}
}
