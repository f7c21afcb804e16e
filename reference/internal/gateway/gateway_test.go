package gateway_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/revocheck/revocheck/reference"
	"github.com/revocheck/revocheck/reference/internal/gateway"
	"github.com/revocheck/revocheck/reference/internal/trial"
	"github.com/revocheck/revocheck/reference/token"
)

// revoking are the strategies that end a token at logout.
var revoking = []string{"server-store", "denylist", "not-before"}

// soundConfigs are all gateways that must be right.
func soundConfigs() map[string]reference.Config {
	configs := map[string]reference.Config{"default": {}}
	for _, v := range reference.Variants() {
		var cfg reference.Config
		v.Apply(&cfg)
		configs["variant "+v.Name] = cfg
	}
	for _, strategy := range revoking {
		for _, where := range []string{"memory", "miniredis", "sqlite"} {
			configs[strategy+" on "+where] = reference.Config{Strategy: strategy, Store: where}
			configs[strategy+" on "+where+", scope user"] = reference.Config{Strategy: strategy, Store: where, LogoutScope: reference.ScopeUser}
		}
	}
	for _, alg := range reference.Algorithms() {
		configs["signed with "+alg] = reference.Config{Alg: alg}
		configs["signed with "+alg+", no jti"] = reference.Config{Alg: alg, NoJTI: true}
	}
	return configs
}

func TestSoundGateways(t *testing.T) {
	for name, cfg := range soundConfigs() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g := trial.New(t, cfg)
			checkLifecycle(g)
			checkScope(g)
			checkStoreShrinks(g)
			checkOutage(g)
		})
	}
}

func checkLifecycle(g *trial.Gateway) {
	g.T.Helper()
	raw := g.LoginFor("alice", 100)
	g.Want("a live token", g.Call(raw), http.StatusOK)
	g.MustLogout(raw)
	refused := g.Config().RefusalStatus
	g.Want("a dead token", g.Call(raw), refused)
	time.Sleep(g.Config().Propagation) // in real time: that is what is declared
	g.Want("a dead token at the other replica", g.Send(1, "GET", "/api/hello", "", trial.Bearing(raw)).Code, refused)
	g.Want("a second logout", g.Logout(raw), g.Config().SecondLogoutStatus)
	g.Want("a dead token on an open route", g.Send(0, "GET", "/public", "", trial.Bearing(raw)).Code, http.StatusOK)
	g.Want("no token", g.Send(0, "GET", "/api/hello", "").Code, refused)
	g.Want("a logout without a token", g.Send(0, "POST", "/logout", "").Code, refused)

	again := g.LoginFor("alice", 200, trial.Bearing(raw))
	g.Want("the token of a new login", g.Call(again), http.StatusOK)
	g.Want("a dead token after a new login", g.Call(raw), refused)
	g.Expire(again)
	g.Want("an expired token", g.Call(again), refused)
	g.Want("a logout with an expired token", g.Logout(again), refused)
}

func checkScope(g *trial.Gateway) {
	g.T.Helper()
	one, two, other := g.LoginFor("alice", 600), g.LoginFor("alice", 700), g.LoginFor("bob", 600)
	if one == two {
		g.T.Skip("two logins in one second gave the same token: only a jti or a random signature tells them apart")
	}
	g.MustLogout(one)
	want := http.StatusOK
	if g.Config().LogoutScope == reference.ScopeUser {
		want = g.Config().RefusalStatus
	}
	g.Want("the same user's other session", g.Call(two), want)
	g.Want("another user", g.Call(other), http.StatusOK)
}

func checkStoreShrinks(g *trial.Gateway) {
	g.T.Helper()
	g.DeadFor("carol", 600)
	g.Wait(time.Hour + 10*time.Minute)
	if n, err := g.StoreSize(g.T.Context()); n != 0 || err != nil {
		g.T.Errorf("the store holds %d entries (%v) after all tokens have expired, want none", n, err)
	}
}

func checkOutage(g *trial.Gateway) {
	g.T.Helper()
	raw, dead := g.Login("alice"), g.Dead("bob")
	if err := g.BreakStore(); err != nil {
		g.T.Fatal(err)
	}
	served := http.StatusServiceUnavailable
	if g.Config().Posture == reference.PostureOpen {
		served = http.StatusOK
	}
	g.Want("a live token while the store is down", g.Call(raw), served)
	g.Want("a dead token while the store is down", g.Call(dead), served)
	g.Want("a logout while the store is down", g.Logout(raw), http.StatusServiceUnavailable)
	if err := g.MendStore(); err != nil {
		g.T.Fatal(err)
	}
	g.Want("a live token after the outage", g.Call(raw), http.StatusOK)
	g.Want("a dead token after the outage", g.Call(dead), g.Config().RefusalStatus)
}

func TestStrategiesThatEndNothing(t *testing.T) {
	for _, strategy := range []string{"client-side", "short-expiry"} {
		g := trial.New(t, reference.Config{Strategy: strategy})
		raw := g.Dead("alice")
		g.Want("a token after its logout with "+strategy, g.Call(raw), http.StatusOK)
	}
	g := trial.New(t, reference.Config{Strategy: "short-expiry"})
	read, err := token.Read(g.LoginFor("alice", 3600))
	if err != nil {
		t.Fatal(err)
	}
	if life := read.Expires.Sub(read.IssuedAt); life != time.Minute {
		t.Errorf("short-expiry granted %v, want 1m", life)
	}
}

func TestLogin(t *testing.T) {
	g := trial.New(t, reference.Config{Lifetime: 10 * time.Minute, MaxLifetime: time.Hour})
	for body, want := range map[string]int{
		`{"user":"alice","password":"wrong"}`:                          401,
		`{"user":"nobody","password":""}`:                              401,
		`{"password":"correct-horse"}`:                                 400,
		`{"user":"alice","password":"correct-horse","expires_in":-1}`:  400,
		`{"user":"alice","password":"correct-horse","expires_in":1.5}`: 400,
		`user=alice`: 400,
		``:           400,
		`{"user":"` + strings.Repeat("a", 5000) + `","password":"x"}`: 400,
		`{"user":"alice","password":"correct-horse"}`:                 200,
	} {
		g.Want("login with "+body[:min(len(body), 60)], g.Send(0, "POST", "/login", body).Code, want)
	}
	for asked, want := range map[int]time.Duration{0: 10 * time.Minute, 1: time.Second, 90: 90 * time.Second, 1 << 40: time.Hour} {
		read, err := token.Read(g.LoginFor("alice", asked))
		if err != nil {
			t.Fatal(err)
		}
		if life := read.Expires.Sub(read.IssuedAt); life != want {
			t.Errorf("expires_in %d gave %v, want %v", asked, life, want)
		}
		if read.ID == "" || read.Issuer != gateway.Issuer || read.Subject != "alice" || read.Claims()["aud"] != gateway.Audience {
			t.Errorf("the claims are %v", read.Claims())
		}
	}
}

func TestOpenRoutes(t *testing.T) {
	g := trial.New(t, reference.Config{Alg: "ES256"})
	g.Call(g.Login("alice"))
	for target, want := range map[string]string{
		"/public":                `"public"`,
		"/healthz":               `"ok"`,
		"/backend/hits":          `{"hits":1}`,
		"/.well-known/jwks.json": `"crv":"P-256"`,
		"/metrics":               `revocheck_gateway_calls_total{outcome="accepted"} 1`,
	} {
		w := g.Send(0, "GET", target, "")
		if w.Code != http.StatusOK || !strings.Contains(w.Body.String(), want) {
			t.Errorf("GET %s: %d %q, want 200 and %q", target, w.Code, w.Body, want)
		}
		g.Want("POST "+target, g.Send(0, "POST", target, "").Code, http.StatusMethodNotAllowed)
	}
	g.Want("GET /logout", g.Send(0, "GET", "/logout", "").Code, http.StatusMethodNotAllowed)
}

func TestRefusalsFollowRFC6750(t *testing.T) {
	g := trial.New(t, reference.Config{})
	live := g.Login("alice")
	for name, test := range map[string]struct {
		edits     []trial.Edit
		status    int
		challenge string
	}{
		"none":        {nil, 401, `Bearer realm="revocheck"`},
		"basic":       {[]trial.Edit{trial.Header("Authorization", "Basic YTpi")}, 401, `Bearer realm="revocheck"`},
		"rubbish":     {[]trial.Edit{trial.Bearing("rubbish")}, 401, `error="invalid_token"`},
		"dead":        {[]trial.Edit{trial.Bearing(g.Dead("bob"))}, 401, `error="invalid_token"`},
		"empty":       {[]trial.Edit{trial.Header("Authorization", "Bearer ")}, 400, `error="invalid_request"`},
		"two spaces":  {[]trial.Edit{trial.Header("Authorization", "Bearer  "+live)}, 400, `error="invalid_request"`},
		"two headers": {[]trial.Edit{trial.Bearing(live), trial.Bearing(live)}, 400, `error="invalid_request"`},
		"huge":        {[]trial.Edit{trial.Bearing(strings.Repeat("a", gateway.MaxToken+1))}, 431, `error="invalid_request"`},
	} {
		w := g.Send(0, "GET", "/api/hello", "", test.edits...)
		if challenge := w.Header().Get("WWW-Authenticate"); w.Code != test.status || !strings.Contains(challenge, test.challenge) {
			t.Errorf("%s: %d %q, want %d %q", name, w.Code, challenge, test.status, test.challenge)
		}
		if got := w.Header().Get("Cache-Control"); got != "no-store" {
			t.Errorf("%s: Cache-Control is %q, want no-store", name, got)
		}
	}
	if hits := g.Backend().Hits(); hits != 0 {
		t.Errorf("%d refused calls reached the backend", hits)
	}
}

func TestStartRefusesBadSettings(t *testing.T) {
	for says, cfg := range map[string]reference.Config{
		"strategy":    {Strategy: "hope"},
		"store":       {Store: "attic"},
		"scheme":      {Store: "http://localhost"},
		"algorithm":   {Alg: "none"},
		"fault":       {Fault: "typo"},
		"variant":     {Variants: []string{"no-jti", "typo"}},
		"scope":       {LogoutScope: "world"},
		"lifetime":    {Lifetime: time.Millisecond},
		"less than":   {MaxLifetime: time.Minute, Lifetime: time.Hour},
		"refusal":     {RefusalStatus: 200},
		"negative":    {Leeway: -1},
		"backend URL": {BackendURL: "x", Backend: http.NotFoundHandler()},
		"http":        {BackendURL: "ftp://x"},
	} {
		if _, err := reference.Start(cfg, 1); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("Start(%+v): %v, want an error with %q", cfg, err, says)
		}
	}
	if _, err := reference.Start(reference.Config{}, 0); err == nil {
		t.Error("a deployment without replicas was started")
	}
}
