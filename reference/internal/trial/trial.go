// Package trial holds a gateway under test, with a clock that a test moves.
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

	"github.com/revocheck/revocheck/reference/clock"
	"github.com/revocheck/revocheck/reference/internal/fault/all"
	"github.com/revocheck/revocheck/reference/internal/gateway"
)

// Gateway is a deployment of two replicas under test, with a clock that a test
// moves.
type Gateway struct {
	*gateway.Deployment
	T     *testing.T
	Clock *clock.Movable
	Log   *bytes.Buffer // the access log
}

// storeTimeout is long: on a busy machine a store may answer late, which says
// nothing about the gateway.
const storeTimeout = 20 * time.Second

// New starts a gateway, which is closed when the test ends.
func New(t *testing.T, cfg gateway.Config) *Gateway {
	t.Helper()
	g := &Gateway{T: t, Clock: clock.NewStopped(), Log: &bytes.Buffer{}}
	cfg.Clock, cfg.LogWriter, cfg.StoreTimeout = g.Clock, g.Log, cmp.Or(cfg.StoreTimeout, storeTimeout)
	f, err := all.Find(cfg.Fault)
	if err != nil {
		t.Fatal(err)
	}
	d, err := gateway.Start(f.Prepare(cfg), 2, f.Plant)
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

// Bearing sends a token in the Authorization header.
func Bearing(raw string) Edit { return Header("Authorization", "Bearer "+raw) }

// Header adds a header.
func Header(name, value string) Edit {
	return func(r *http.Request) { r.Header.Add(name, value) }
}

// From sends from another connection, named by its remote address.
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
	body := fmt.Sprintf(`{"user":%q,"password":%q,"expires_in":%d}`, user, gateway.DefaultUsers()[user], seconds)
	w := g.Send(0, http.MethodPost, "/login", body, edits...)
	var answer struct {
		gateway.LoginAnswer
		Data struct {
			Tokens struct {
				Access string `json:"access"`
			} `json:"tokens"`
		} `json:"data"`
	}
	if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil {
		g.T.Fatalf("login: %d %q: %v", w.Code, w.Body, err)
	}
	return cmp.Or(answer.AccessToken, answer.Data.Tokens.Access) // deeper, where Config.Sessions has it there
}

// Login logs in for the default time and gives the token.
func (g *Gateway) Login(user string) string { g.T.Helper(); return g.LoginFor(user, 0) }

// MustMint is Mint, whose failure ends the test.
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

// Logout is the status of a logout with a token.
func (g *Gateway) Logout(raw string, edits ...Edit) int {
	return g.Send(0, http.MethodPost, "/logout", "", append(edits, Bearing(raw))...).Code
}

// Dead logs in and logs the token out.
func (g *Gateway) Dead(user string) string { g.T.Helper(); return g.DeadFor(user, 0) }

// DeadFor logs in for some seconds and logs the token out.
func (g *Gateway) DeadFor(user string, seconds int) string {
	g.T.Helper()
	raw := g.LoginFor(user, seconds)
	g.MustLogout(raw)
	return raw
}

// MustLogout logs a token out; a failure ends the test.
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

// Wait moves the clock.
func (g *Gateway) Wait(d time.Duration) { g.Clock.Advance(d) }
