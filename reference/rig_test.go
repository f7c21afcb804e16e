package reference

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
)

// rig is a deployment of two replicas under test, with a clock that a test
// moves.
type rig struct {
	*Deployment
	t     *testing.T
	clock *clock.Movable
	log   *bytes.Buffer
}

// storeTimeout is long: on a busy machine it may answer late, which says
// nothing about the gateway.
const storeTimeout = 20 * time.Second

func newRig(t *testing.T, cfg Config) *rig {
	t.Helper()
	g := &rig{t: t, clock: clock.NewStopped(), log: &bytes.Buffer{}}
	cfg.Clock, cfg.LogWriter, cfg.StoreTimeout = g.clock, g.log, cmp.Or(cfg.StoreTimeout, storeTimeout)
	d, err := Start(cfg, 2)
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

// edit changes a request before it is sent.
type edit func(*http.Request)

func bearing(raw string) edit { return header("Authorization", "Bearer "+raw) }

func header(name, value string) edit {
	return func(r *http.Request) { r.Header.Add(name, value) }
}

func from(connection string) edit { return func(r *http.Request) { r.RemoteAddr = connection } }

// send sends a request to a replica.
func (g *rig) send(replica int, method, target, body string, edits ...edit) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, target, strings.NewReader(body))
	for _, e := range edits {
		e(r)
	}
	w := httptest.NewRecorder()
	g.Replicas()[replica].ServeHTTP(w, r)
	return w
}

// loginFor logs in for some seconds, or for the default time if 0.
func (g *rig) loginFor(user string, seconds int, edits ...edit) string {
	g.t.Helper()
	body := fmt.Sprintf(`{"user":%q,"password":%q,"expires_in":%d}`, user, DefaultUsers()[user], seconds)
	w := g.send(0, http.MethodPost, "/login", body, edits...)
	var answer loginAnswer
	if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil {
		g.t.Fatalf("login: %d %q: %v", w.Code, w.Body, err)
	}
	return answer.AccessToken
}

func (g *rig) login(user string) string { g.t.Helper(); return g.loginFor(user, 0) }

func (g *rig) mint(claims, header map[string]any) string {
	g.t.Helper()
	raw, err := g.Mint(claims, header)
	if err != nil {
		g.t.Fatal(err)
	}
	return raw
}

// call is the status of GET /api/hello with a token.
func (g *rig) call(raw string, edits ...edit) int {
	return g.send(0, http.MethodGet, "/api/hello", "", append(edits, bearing(raw))...).Code
}

func (g *rig) logout(raw string, edits ...edit) int {
	return g.send(0, http.MethodPost, "/logout", "", append(edits, bearing(raw))...).Code
}

// dead logs in, has the token accepted, and logs it out.
func (g *rig) dead(user string) string { g.t.Helper(); return g.deadFor(user, 0) }

func (g *rig) deadFor(user string, seconds int) string {
	g.t.Helper()
	raw := g.loginFor(user, seconds)
	g.kill(raw)
	return raw
}

func (g *rig) kill(raw string) {
	g.t.Helper()
	if got := g.logout(raw); got != http.StatusNoContent {
		g.t.Fatalf("logout: %d, want 204", got)
	}
}

// subject is the user that the backend was told of; "" if the call failed.
func subject(w *httptest.ResponseRecorder) string {
	var answer struct {
		Sub string `json:"sub"`
	}
	if w.Code != http.StatusOK || json.Unmarshal(w.Body.Bytes(), &answer) != nil {
		return ""
	}
	return answer.Sub
}

func (g *rig) wait(d time.Duration) { g.clock.Advance(d) }
