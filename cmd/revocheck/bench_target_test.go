package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/revocheck/revocheck/cmd/revocheck/internal/exit"
)

// somebodysGateway is a target with a login, a logout and two routes, whose
// protected route may misbehave.
type somebodysGateway struct {
	calls, issued atomic.Int64
	dead          sync.Map
	// spoil answers call n in its own way, or says that it did not.
	spoil func(n int64, w http.ResponseWriter, r *http.Request) bool
}

func (g *somebodysGateway) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	raw := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
	switch r.URL.Path {
	case "/login":
		_ = json.NewEncoder(w).Encode(map[string]string{"access_token": signedToken(g.issued.Add(1))})
	case "/logout":
		g.dead.Store(raw, true)
		w.WriteHeader(http.StatusNoContent)
	case "/api":
		if strings.Count(raw, ".") != 2 { // no token at all
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		if g.spoil != nil && g.spoil(g.calls.Add(1), w, r) {
			return
		}
		if _, dead := g.dead.Load(raw); dead {
			w.WriteHeader(http.StatusUnauthorized)
		}
	}
}

func signedToken(n int64) string {
	claims := jwt.MapClaims{"jti": fmt.Sprint(n), "exp": time.Now().Add(time.Hour).Unix()}
	raw, err := jwt.NewWithClaims(jwt.SigningMethodHS256, claims).SignedString([]byte("a key for tests alone, 32 bytes."))
	if err != nil {
		panic(err)
	}
	return raw
}

// benchOf benches a target with the defect.
func benchOf(t *testing.T, spoil func(int64, http.ResponseWriter, *http.Request) bool, more ...string) (int, string, string) {
	t.Helper()
	contract := "users: [{name: alice, password: a}, {name: bob, password: b}]\nlogin: {path: /login}\n"
	return benchDeclared(t, &somebodysGateway{spoil: spoil}, contract, more...)
}

// benchDeclared benches a gateway whose logins are declared so.
func benchDeclared(t *testing.T, g *somebodysGateway, logins string, more ...string) (int, string, string) {
	t.Helper()
	server := httptest.NewServer(g)
	t.Cleanup(server.Close)
	file := filepath.Join(t.TempDir(), "target.yaml")
	contract := `name: gateway
endpoints: [` + server.URL + `]
logout: {path: /logout}
routes: [{path: /api}]
open_routes: [{path: /open}]
` + logins
	if err := os.WriteFile(file, []byte(contract), 0o600); err != nil {
		t.Fatal(err)
	}
	return benchQuickly(t, append([]string{"--target", file}, more...)...)
}

// between spoils the calls from one number to another. The first few are let
// through, because the bench asks before it measures.
func between(from, to int64, how func(http.ResponseWriter, *http.Request)) func(int64, http.ResponseWriter, *http.Request) bool {
	return func(n int64, w http.ResponseWriter, r *http.Request) bool {
		if n < from || n > to {
			return false
		}
		how(w, r)
		return true
	}
}

const forGood = 1 << 40

// hangUp ends the connection without an answer, as a gateway that goes down
// does.
func hangUp(w http.ResponseWriter, _ *http.Request) {
	if conn, _, err := w.(http.Hijacker).Hijack(); err == nil {
		_ = conn.Close()
	}
}

func TestBenchOfTargets(t *testing.T) {
	t.Parallel()
	status := func(code int) func(http.ResponseWriter, *http.Request) {
		return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) }
	}
	for name, c := range map[string]struct {
		spoil func(int64, http.ResponseWriter, *http.Request) bool
		args  []string
		code  int
		says  string // on standard output or standard error
	}{
		"sound":              {nil, nil, 0, "with tokens against gateway open"},
		"sound, storm":       {nil, []string{"--storm", "200"}, 0, "200 logouts a second"},
		"sound, live":        {nil, []string{"--against", "live"}, 0, "revoked against gateway live"},
		"leaks":              {between(20, forGood, status(200)), nil, 1, "broken"},
		"over-blocks":        {between(20, forGood, status(401)), nil, 1, "over-blocks"},
		"throttles":          {between(50, 250, status(429)), nil, 1, "use a lower rate"},
		"throttles for good": {between(50, forGood, status(429)), nil, 1, "throttled (429)"},
		"breaks":             {between(50, 250, status(502)), nil, 1, "unexpected status 502"},
		"restarts":           {between(50, 250, hangUp), nil, 1, "answered again"},
		"dies":               {between(50, forGood, hangUp), []string{"--rounds", "2000"}, 3, "gave no answer in 3 slices in a row"},
		"answers 302":        {between(0, forGood, status(302)), nil, 2, "write accepted: [302]"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			code, out, errOut := benchOf(t, c.spoil, c.args...)
			if code != c.code || !strings.Contains(out+errOut, c.says) {
				t.Errorf("exit %d, want %d with %q\n%s%s", code, c.code, c.says, out, errOut)
			}
		})
	}
}

// Tokens are obtained in every way that a target file can say.
func TestBenchWithTokensFromElsewhere(t *testing.T) {
	t.Parallel()
	var all []string
	for n := range int64(60) {
		all = append(all, signedToken(n))
	}
	given := func(name string, tokens ...string) string {
		return "  - {name: " + name + ", tokens: [" + strings.Join(tokens, ", ") + "]}\n"
	}
	printed := func(name, token string) string { return "  - {name: " + name + ", password: " + token + "}\n" }
	const command = "login: {command: [/bin/sh, -c, 'printf %s $REVOCHECK_PASSWORD']}\nusers:\n"
	for name, c := range map[string]struct {
		logins string
		code   int
		says   string
	}{
		"a command":       {command + printed("alice", all[0]) + printed("bob", all[1]), 0, "with tokens against gateway open"},
		"given tokens":    {"users:\n" + given("alice", all[:30]...) + given("bob", all[30:]...), 0, "with tokens against gateway open"},
		"too few of them": {"users:\n" + given("alice", all[:30]...) + given("bob", all[30]), 2, `user "bob"`},
		"twins":           {command + printed("alice", all[0]), 2, "give it a second user"},
		"no token at all": {command + printed("alice", "x"), 2, "not a JWT"},
		"a wrong path":    {"login: {path: /nowhere}\nusers:\n" + printed("alice", "x"), 2, "gave no token"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			code, out, errOut := benchDeclared(t, &somebodysGateway{}, c.logins, "--tokens", "20")
			if code != c.code || !strings.Contains(out+errOut, c.says) {
				t.Errorf("exit %d, want %d with %q\n%s%s", code, c.code, c.says, out, errOut)
			}
		})
	}
}

// A target that answers no more must end the run and not hang it.
func TestBenchOfATargetThatHangs(t *testing.T) {
	t.Parallel()
	end := make(chan struct{})
	defer close(end)
	hang := func(_ http.ResponseWriter, r *http.Request) {
		select {
		case <-end:
		case <-r.Context().Done():
		}
	}
	code, out, errOut := benchOf(t, between(20, forGood, hang), "--rounds", "2000", "--timeout", "500ms")
	if code != exit.CodeBroken || !strings.Contains(out+errOut, "timeout") {
		t.Errorf("exit %d\n%s%s", code, out, errOut)
	}
}
