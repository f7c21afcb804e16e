package trial

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/revocheck/revocheck/reference"
	"github.com/revocheck/revocheck/reference/clock"
	"github.com/revocheck/revocheck/reference/internal/fault"
	"github.com/revocheck/revocheck/reference/internal/gateway"
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

func (g *Gateway) ClaimsOf(raw string) jwt.MapClaims {
	g.T.Helper()
	f, ok := fault.TakeApart(raw)
	if !ok {
		g.T.Fatalf("login gave %q, which is not a token", raw)
	}
	return f.Claims
}

// StaysDead: tokens are refused so many times, with some time before each.
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

// ServesFresh: after some logouts every fresh token is served.
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

func (g *Gateway) Elsewhere(raw string) int {
	return g.Send(1, "GET", "/api/hello", "", Bearing(raw)).Code
}

func (g *Gateway) MustBreakStore() {
	g.T.Helper()
	g.Must(g.BreakStore())
}

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

func (g *Gateway) Want(what string, got, want int) {
	g.T.Helper()
	if got != want {
		g.T.Errorf("%s: %d, want %d", what, got, want)
	}
}

// Gateway is a deployment of two replicas under test, with a clock that a test
// moves.
type Gateway struct {
	*reference.Deployment
	T     *testing.T
	Clock *clock.Movable
	Log   *bytes.Buffer
}

// storeTimeout is long: on a busy machine it may answer late, which says
// nothing about the gateway.
const storeTimeout = 20 * time.Second

func New(t *testing.T, cfg reference.Config) *Gateway {
	t.Helper()
	g := &Gateway{T: t, Clock: clock.NewStopped(), Log: &bytes.Buffer{}}
	cfg.Clock, cfg.LogWriter, cfg.StoreTimeout = g.Clock, g.Log, cmp.Or(cfg.StoreTimeout, storeTimeout)
	d, err := reference.Start(cfg, 2)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Errorf("Close: %v", err)
		}
	})
	g.Deployment = d
	return g
}

// Edit changes a request before it is sent.
type Edit func(*http.Request)

func Bearing(raw string) Edit { return Header("Authorization", "Bearer "+raw) }

func Header(name, value string) Edit {
	return func(r *http.Request) { r.Header.Add(name, value) }
}

func From(connection string) Edit { return func(r *http.Request) { r.RemoteAddr = connection } }

// Send sends a request to a replica.
func (g *Gateway) Send(replica int, method, target, body string, edits ...Edit) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, target, strings.NewReader(body))
	for _, e := range edits {
		e(r)
	}
	w := httptest.NewRecorder()
	g.Replicas()[replica].ServeHTTP(w, r)
	return w
}

// LoginFor logs in for some seconds, or for the default time if 0.
func (g *Gateway) LoginFor(user string, seconds int, edits ...Edit) string {
	g.T.Helper()
	body := fmt.Sprintf(`{"user":%q,"password":%q,"expires_in":%d}`, user, reference.DefaultUsers()[user], seconds)
	w := g.Send(0, http.MethodPost, "/login", body, edits...)
	var answer gateway.LoginAnswer
	if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil {
		g.T.Fatalf("login: %d %q: %v", w.Code, w.Body, err)
	}
	return answer.AccessToken
}

func (g *Gateway) Login(user string) string { g.T.Helper(); return g.LoginFor(user, 0) }

func (g *Gateway) MustMint(claims, header map[string]any) string {
	g.T.Helper()
	raw, err := g.Mint(claims, header)
	if err != nil {
		g.T.Fatal(err)
	}
	return raw
}

// Call is the status of GET /api/hello with a token.
func (g *Gateway) Call(raw string, edits ...Edit) int {
	return g.Send(0, http.MethodGet, "/api/hello", "", append(edits, Bearing(raw))...).Code
}

func (g *Gateway) Logout(raw string, edits ...Edit) int {
	return g.Send(0, http.MethodPost, "/logout", "", append(edits, Bearing(raw))...).Code
}

// Dead logs in, has the token accepted, and logs it out.
func (g *Gateway) Dead(user string) string { g.T.Helper(); return g.DeadFor(user, 0) }

func (g *Gateway) DeadFor(user string, seconds int) string {
	g.T.Helper()
	raw := g.LoginFor(user, seconds)
	g.MustLogout(raw)
	return raw
}

func (g *Gateway) MustLogout(raw string) {
	g.T.Helper()
	if got := g.Logout(raw); got != http.StatusNoContent {
		g.T.Fatalf("logout: %d, want 204", got)
	}
}

// Subject is the user that the backend was told of; "" if the call failed.
func Subject(w *httptest.ResponseRecorder) string {
	var answer struct {
		Sub string `json:"sub"`
	}
	if w.Code != http.StatusOK || json.Unmarshal(w.Body.Bytes(), &answer) != nil {
		return ""
	}
	return answer.Sub
}

func (g *Gateway) Wait(d time.Duration) { g.Clock.Advance(d) }
