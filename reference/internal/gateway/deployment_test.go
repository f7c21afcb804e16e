package gateway_test

import (
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/revocheck/revocheck/reference"
	"github.com/revocheck/revocheck/reference/internal/gateway"
	"github.com/revocheck/revocheck/reference/internal/trial"
)

func TestReplicasShareWhatALogoutLeaves(t *testing.T) {
	for _, strategy := range revoking {
		g := trial.New(t, reference.Config{Strategy: strategy})
		raw := g.Dead("alice")
		live := g.Login("bob")
		added, err := g.AddReplica()
		if err != nil {
			t.Fatal(err)
		}
		if got := g.Replicas(); len(got) != 3 || got[2] != added {
			t.Fatalf("Replicas() does not end in the one that was added: %v", got)
		}
		before := g.Replicas()[1]
		if err := g.Restart(1); err != nil {
			t.Fatal(err)
		}
		if g.Replicas()[1] != before {
			t.Error("a restart changed the handler")
		}
		for i := range 3 {
			for token, want := range map[string]int{raw: 401, live: 200} {
				g.Want(strategy+" at some replica", g.Send(i, "GET", "/api/hello", "", trial.Bearing(token)).Code, want)
			}
		}
	}
}

func TestRestartOfNoReplica(t *testing.T) {
	g := trial.New(t, reference.Config{})
	for _, i := range []int{-1, 2} {
		if err := g.Restart(i); err == nil {
			t.Errorf("Restart(%d) of two replicas succeeded", i)
		}
	}
}

func TestMint(t *testing.T) {
	g := trial.New(t, reference.Config{AllowNoExp: true})
	now := g.Clock.Now().Unix()
	for name, test := range map[string]struct {
		claims, header map[string]any
		want           int
	}{
		"as at a login":    {nil, nil, 200},
		"another user":     {map[string]any{"sub": "bob"}, nil, 200},
		"no exp":           {map[string]any{"exp": nil}, nil, 200},
		"no jti":           {map[string]any{"jti": nil}, nil, 200},
		"iat ahead":        {map[string]any{"iat": now + 1000}, nil, 200},
		"fractional exp":   {map[string]any{"exp": float64(now) + 60.5}, nil, 200},
		"expired":          {map[string]any{"exp": now - 1}, nil, 401},
		"nbf ahead":        {map[string]any{"nbf": now + 1000}, nil, 401},
		"other audience":   {map[string]any{"aud": "x"}, nil, 401},
		"one of audiences": {map[string]any{"aud": []string{"x", gateway.Audience}}, nil, 200},
		"other issuer":     {map[string]any{"iss": "x"}, nil, 401},
		"no subject":       {map[string]any{"sub": nil}, nil, 401},
		"critical header":  {nil, map[string]any{"crit": []string{"x"}}, 401},
		"lying about alg":  {nil, map[string]any{"alg": "HS512"}, 401},
		"no alg":           {nil, map[string]any{"alg": nil}, 401},
	} {
		t.Run(name, func(t *testing.T) {
			g.Want("the token", g.Call(g.MustMint(test.claims, test.header)), test.want)
		})
	}
}

func TestMintedTokensDieToo(t *testing.T) {
	for _, strategy := range revoking {
		g := trial.New(t, reference.Config{Strategy: strategy, AllowNoExp: true})
		for name, claims := range map[string]map[string]any{
			"no exp":    {"exp": nil, "sub": "alice"},
			"no jti":    {"jti": nil, "sub": "bob"},
			"iat ahead": {"iat": g.Clock.Now().Unix() + 1000, "sub": "carol"},
		} {
			raw := g.MustMint(claims, nil)
			g.Want(strategy+" live, "+name, g.Call(raw), http.StatusOK)
			g.MustLogout(raw)
			g.Wait(time.Minute)
			g.Want(strategy+" dead, "+name, g.Call(raw), http.StatusUnauthorized)
		}
	}
}

func TestCutOffIsTheLatest(t *testing.T) {
	g := trial.New(t, reference.Config{Strategy: "not-before"})
	old, sibling := g.Login("alice"), g.Login("alice")
	g.MustLogout(old)
	g.Want("a sibling from before", g.Call(sibling), http.StatusUnauthorized)
	newer := g.Login("alice")
	g.Want("a login in the same second", g.Call(newer), http.StatusOK)
	g.MustLogout(old)
	g.Want("a newer session after another logout of the old one", g.Call(newer), http.StatusOK)
}

func TestWithoutJTIEqualTokensDieTogether(t *testing.T) {
	g := trial.New(t, reference.Config{NoJTI: true})
	one, two := g.Login("alice"), g.Login("alice")
	if one != two {
		t.Fatal("two logins in one second gave two tokens, though nothing in them differs")
	}
	longer := g.LoginFor("alice", 7200)
	g.MustLogout(one)
	g.Want("a token with another exp", g.Call(longer), http.StatusOK)
}

// TestLogoutIsAtomicUnderLoad has many clients log in, call and log out at
// once: no call sent after its logout was acknowledged may be served.
func TestLogoutIsAtomicUnderLoad(t *testing.T) {
	for _, where := range []string{"memory", "miniredis"} {
		for _, strategy := range revoking {
			g := trial.New(t, reference.Config{Strategy: strategy, Store: where, LogoutScope: reference.ScopeToken})
			var clients sync.WaitGroup
			for range 8 {
				clients.Go(func() {
					for i := range 10 {
						raw := g.Login("alice")
						if g.Logout(raw) != http.StatusNoContent || g.Send(i%2, "GET", "/api/hello", "", trial.Bearing(raw)).Code != http.StatusUnauthorized {
							t.Errorf("%s on %s: a logout was not acknowledged, or did not hold", strategy, where)
						}
					}
				})
			}
			clients.Wait()
		}
	}
}

func TestLogAndAnswersHoldNoSecret(t *testing.T) {
	g := trial.New(t, reference.Config{Lenient: reference.Lenient{true, true, true, true, true, true}})
	raw := g.Login("alice")
	answers := []string{
		g.Send(0, "GET", "/api/hello?access_token="+raw, "").Body.String(),
		g.Send(0, "GET", "/api/hello", "", trial.Bearing(g.Dead("bob")), trial.Header("Cookie", "jwt="+raw)).Body.String(),
		g.Send(0, "POST", "/login", `{"user":"alice","password":"correct-horse`).Body.String(),
	}
	all := g.Log.String() + strings.Join(answers, "")
	parts := strings.Split(raw, ".")
	for _, secret := range []string{parts[1], parts[2], "correct-horse"} {
		if strings.Contains(all, secret) {
			t.Errorf("the log or an answer holds %.12s...", secret)
		}
	}
	if !strings.Contains(g.Log.String(), `"path":"/api/hello"`) {
		t.Errorf("the log does not name the path: %s", g.Log)
	}
}
