package trial

import (
	"net/http"
	"net/http/httptest"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/revocheck/revocheck/reference/internal/fault"
	"github.com/revocheck/revocheck/reference/token"
)

// Around calls the backend around the gateway.
func (g *Gateway) Around(edits ...Edit) int {
	r := httptest.NewRequest(http.MethodGet, "/api/hello", nil)
	for _, e := range edits {
		e(r)
	}
	w := httptest.NewRecorder()
	g.DirectBackend().ServeHTTP(w, r)
	return w.Code
}

// ClaimsOf are the claims of a token, unverified.
func (g *Gateway) ClaimsOf(raw string) jwt.MapClaims {
	g.T.Helper()
	f, ok := fault.TakeApart(raw)
	if !ok {
		g.T.Fatalf("login gave %q, which is not a token", raw)
	}
	return f.Claims
}

// StaysDead reports whether tokens are refused so many times, with some time
// before each.
func (g *Gateway) StaysDead(times int, every time.Duration, tokens ...string) bool {
	for range times {
		g.Wait(every)
		for _, raw := range tokens {
			if g.Call(raw) != 401 {
				return false
			}
		}
	}
	return true
}

// ServesFresh observes that after some logouts every fresh token is served.
func ServesFresh(logouts, tokens int) Sound {
	return func(g *Gateway) bool {
		for range logouts {
			g.Dead("alice")
		}
		for range tokens {
			if g.Call(g.Login("alice")) != 200 {
				return false
			}
		}
		return true
	}
}

// Elsewhere is the status of GET /api/hello at the second replica.
func (g *Gateway) Elsewhere(raw string) int {
	return g.Send(1, "GET", "/api/hello", "", Bearing(raw)).Code
}

// MustBreakStore makes the store unreachable.
func (g *Gateway) MustBreakStore() {
	g.T.Helper()
	g.Must(g.BreakStore())
}

// Must ends the test if there is an error.
func (g *Gateway) Must(err error) {
	g.T.Helper()
	if err != nil {
		g.T.Fatal(err)
	}
}

// Expire moves the clock past the end of a token, leeway included.
func (g *Gateway) Expire(raw string) {
	g.T.Helper()
	t, err := token.Read(raw)
	if err != nil {
		g.T.Fatal(err)
	}
	g.Wait(t.Expires.Add(g.Config().Leeway + time.Second).Sub(g.Clock.Now()))
}

// Want compares two statuses.
func (g *Gateway) Want(what string, got, want int) {
	g.T.Helper()
	if got != want {
		g.T.Errorf("%s: %d, want %d", what, got, want)
	}
}
