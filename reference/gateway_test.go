package reference

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/revocheck/revocheck/reference/token"
)

// revoking are the strategies that end a token at logout.
var revoking = []string{"server-store", "denylist", "not-before"}

// soundConfigs are all gateways that must be right.
func soundConfigs() map[string]Config {
	configs := map[string]Config{"default": {}}
	for _, v := range Variants() {
		var cfg Config
		v.Apply(&cfg)
		configs["variant "+v.Name] = cfg
	}
	for _, strategy := range revoking {
		for _, where := range []string{"memory", "miniredis", "sqlite"} {
			configs[strategy+" on "+where] = Config{Strategy: strategy, Store: where}
			configs[strategy+" on "+where+", scope user"] = Config{Strategy: strategy, Store: where, LogoutScope: ScopeUser}
		}
	}
	for _, alg := range Algorithms() {
		configs["signed with "+alg] = Config{Alg: alg}
		configs["signed with "+alg+", no jti"] = Config{Alg: alg, NoJTI: true}
	}
	return configs
}

func TestSoundGateways(t *testing.T) {
	for name, cfg := range soundConfigs() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g := newRig(t, cfg)
			checkLifecycle(g)
			checkScope(g)
			checkStoreShrinks(g)
			checkOutage(g)
		})
	}
}

func checkLifecycle(g *rig) {
	g.t.Helper()
	raw := g.loginFor("alice", 100)
	g.want("a live token", g.call(raw), http.StatusOK)
	g.kill(raw)
	refused := g.Config().RefusalStatus
	g.want("a dead token", g.call(raw), refused)
	time.Sleep(g.Config().Propagation) // in real time: that is what is declared
	g.want("a dead token at the other replica", g.send(1, "GET", "/api/hello", "", bearing(raw)).Code, refused)
	g.want("a second logout", g.logout(raw), g.Config().SecondLogoutStatus)
	g.want("a dead token on an open route", g.send(0, "GET", "/public", "", bearing(raw)).Code, http.StatusOK)
	g.want("no token", g.send(0, "GET", "/api/hello", "").Code, refused)
	g.want("a logout without a token", g.send(0, "POST", "/logout", "").Code, refused)

	again := g.loginFor("alice", 200, bearing(raw))
	g.want("the token of a new login", g.call(again), http.StatusOK)
	g.want("a dead token after a new login", g.call(raw), refused)
	g.expire(again)
	g.want("an expired token", g.call(again), refused)
	g.want("a logout with an expired token", g.logout(again), refused)
}

func checkScope(g *rig) {
	g.t.Helper()
	one, two, other := g.loginFor("alice", 600), g.loginFor("alice", 700), g.loginFor("bob", 600)
	if one == two {
		g.t.Skip("two logins in one second gave the same token: only a jti or a random signature tells them apart")
	}
	g.kill(one)
	want := http.StatusOK
	if g.Config().LogoutScope == ScopeUser {
		want = g.Config().RefusalStatus
	}
	g.want("the same user's other session", g.call(two), want)
	g.want("another user", g.call(other), http.StatusOK)
}

func checkStoreShrinks(g *rig) {
	g.t.Helper()
	g.deadFor("carol", 600)
	g.wait(time.Hour + 10*time.Minute)
	if n, err := g.StoreSize(g.t.Context()); n != 0 || err != nil {
		g.t.Errorf("the store holds %d entries (%v) after all tokens have expired, want none", n, err)
	}
}

func checkOutage(g *rig) {
	g.t.Helper()
	raw, dead := g.login("alice"), g.dead("bob")
	if err := g.BreakStore(); err != nil {
		g.t.Fatal(err)
	}
	served := http.StatusServiceUnavailable
	if g.Config().Posture == PostureOpen {
		served = http.StatusOK
	}
	g.want("a live token while the store is down", g.call(raw), served)
	g.want("a dead token while the store is down", g.call(dead), served)
	g.want("a logout while the store is down", g.logout(raw), http.StatusServiceUnavailable)
	if err := g.MendStore(); err != nil {
		g.t.Fatal(err)
	}
	g.want("a live token after the outage", g.call(raw), http.StatusOK)
	g.want("a dead token after the outage", g.call(dead), g.Config().RefusalStatus)
}

// expire moves the clock past the end of a token, leeway included.
func (g *rig) expire(raw string) {
	g.t.Helper()
	t, err := token.Read(raw)
	if err != nil {
		g.t.Fatal(err)
	}
	g.wait(t.Expires.Add(g.Config().Leeway + time.Second).Sub(g.clock.Now()))
}

func (g *rig) want(what string, got, want int) {
	g.t.Helper()
	if got != want {
		g.t.Errorf("%s: %d, want %d", what, got, want)
	}
}

func TestStrategiesThatEndNothing(t *testing.T) {
	for _, strategy := range []string{"client-side", "short-expiry"} {
		g := newRig(t, Config{Strategy: strategy})
		raw := g.dead("alice")
		g.want("a token after its logout with "+strategy, g.call(raw), http.StatusOK)
	}
	g := newRig(t, Config{Strategy: "short-expiry"})
	read, err := token.Read(g.loginFor("alice", 3600))
	if err != nil {
		t.Fatal(err)
	}
	if life := read.Expires.Sub(read.IssuedAt); life != time.Minute {
		t.Errorf("short-expiry granted %v, want 1m", life)
	}
}

func TestLogin(t *testing.T) {
	g := newRig(t, Config{Lifetime: 10 * time.Minute, MaxLifetime: time.Hour})
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
		g.want("login with "+body[:min(len(body), 60)], g.send(0, "POST", "/login", body).Code, want)
	}
	for asked, want := range map[int]time.Duration{0: 10 * time.Minute, 1: time.Second, 90: 90 * time.Second, 1 << 40: time.Hour} {
		read, err := token.Read(g.loginFor("alice", asked))
		if err != nil {
			t.Fatal(err)
		}
		if life := read.Expires.Sub(read.IssuedAt); life != want {
			t.Errorf("expires_in %d gave %v, want %v", asked, life, want)
		}
		if read.ID == "" || read.Issuer != Issuer || read.Subject != "alice" || read.Claims["aud"] != Audience {
			t.Errorf("the claims are %v", read.Claims)
		}
	}
}

func TestOpenRoutes(t *testing.T) {
	g := newRig(t, Config{Alg: "ES256"})
	g.call(g.login("alice"))
	for target, want := range map[string]string{
		"/public":                `"public"`,
		"/healthz":               `"ok"`,
		"/backend/hits":          `{"hits":1}`,
		"/.well-known/jwks.json": `"crv":"P-256"`,
		"/metrics":               `revocheck_gateway_calls_total{outcome="accepted"} 1`,
	} {
		w := g.send(0, "GET", target, "")
		if w.Code != http.StatusOK || !strings.Contains(w.Body.String(), want) {
			t.Errorf("GET %s: %d %q, want 200 and %q", target, w.Code, w.Body, want)
		}
		g.want("POST "+target, g.send(0, "POST", target, "").Code, http.StatusMethodNotAllowed)
	}
	g.want("GET /logout", g.send(0, "GET", "/logout", "").Code, http.StatusMethodNotAllowed)
}

func TestRefusalsFollowRFC6750(t *testing.T) {
	g := newRig(t, Config{})
	live := g.login("alice")
	for name, test := range map[string]struct {
		edits     []edit
		status    int
		challenge string
	}{
		"none":        {nil, 401, `Bearer realm="revocheck"`},
		"basic":       {[]edit{header("Authorization", "Basic YTpi")}, 401, `Bearer realm="revocheck"`},
		"rubbish":     {[]edit{bearing("rubbish")}, 401, `error="invalid_token"`},
		"dead":        {[]edit{bearing(g.dead("bob"))}, 401, `error="invalid_token"`},
		"empty":       {[]edit{header("Authorization", "Bearer ")}, 400, `error="invalid_request"`},
		"two spaces":  {[]edit{header("Authorization", "Bearer  "+live)}, 400, `error="invalid_request"`},
		"two headers": {[]edit{bearing(live), bearing(live)}, 400, `error="invalid_request"`},
		"huge":        {[]edit{bearing(strings.Repeat("a", maxToken+1))}, 431, `error="invalid_request"`},
	} {
		w := g.send(0, "GET", "/api/hello", "", test.edits...)
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
	for says, cfg := range map[string]Config{
		"strategy":    {Strategy: "hope"},
		"store":       {Store: "attic"},
		"scheme":      {Store: "http://localhost"},
		"algorithm":   {Alg: "none"},
		"fault":       {Fault: "typo"},
		"scope":       {LogoutScope: "world"},
		"lifetime":    {Lifetime: time.Millisecond},
		"less than":   {MaxLifetime: time.Minute, Lifetime: time.Hour},
		"refusal":     {RefusalStatus: 200},
		"negative":    {Leeway: -1},
		"backend URL": {BackendURL: "x", Backend: http.NotFoundHandler()},
		"http":        {BackendURL: "ftp://x"},
	} {
		if _, err := Start(cfg, 1); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("Start(%+v): %v, want an error with %q", cfg, err, says)
		}
	}
	if _, err := Start(Config{}, 0); err == nil {
		t.Error("a deployment without replicas was started")
	}
}
