package preflight_test

import (
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/revocheck/revocheck/scenarios"
	"github.com/revocheck/revocheck/scenarios/target/remote"
)

// TestThePlanCountsWhatIsSent by the file and by one with a leak window: all but
// the calls that wait for a second of the gateway's clock to begin.
func TestThePlanCountsWhatIsSent(t *testing.T) {
	t.Parallel()
	for name, file := range map[string]string{
		"right":       right,
		"leak window": right + "leak_window: 1s\n",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var sent, bare, logouts atomic.Int64
			counted := shop{instead: func(_ http.ResponseWriter, r *http.Request, _ http.Handler) bool {
				switch {
				case r.URL.Path == "/api/hello" && r.Header.Get("Authorization") == "":
					bare.Add(1)
				case r.URL.Path == "/logout":
					logouts.Add(1)
				}
				sent.Add(1)
				return false
			}}
			target := loaded(t, counted, file)
			if _, err := scenarios.Preflight(t.Context(), target); err != nil {
				t.Fatal(err)
			}
			const lifetimes = 1 // a login to see how long tokens live
			planned := int64(0)
			for _, p := range scenarios.PreflightPlan(target, scenarios.Wire) {
				if !strings.Contains(p.What, "at most") {
					planned += int64(p.Count)
				}
			}
			const reachAndRoute = 2 // without a token, that are no reading of the clock
			if got := sent.Load() - lifetimes - (bare.Load() - reachAndRoute); got != planned || logouts.Load() != 1 {
				t.Errorf("%d were sent, and %d planned; %d logouts", got, planned, logouts.Load())
			}
		})
	}
}

// TestGivenTokensAreNotLoggedOut, and a gateway that breaks refuses none.
func TestGivenTokensAreNotLoggedOut(t *testing.T) {
	t.Parallel()
	for name, own := range map[string]answers{"sound": nil, "breaks": answering("/api/hello", 500), "one route refuses": answering("/api/hello", 401)} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var logouts atomic.Int64
			s := shop{instead: func(w http.ResponseWriter, r *http.Request, next http.Handler) bool {
				if r.URL.Path == "/logout" {
					logouts.Add(1)
				}
				return own != nil && own(w, r, next)
			}}
			url := s.serve(t)
			file := "endpoints: [" + url + "]\nlogout: {path: /logout}\nroutes: [{path: /api/hello}, {path: /api/orders}]\nusers:\n"
			for name, password := range map[string]string{"alice": "correct-horse", "bob": "battery-staple"} {
				file += "  - {name: " + name + ", tokens: [" + tokenOf(t, url, name, password) + "]}\n"
			}
			if _, err := scenarios.Preflight(t.Context(), loadedFrom(t, file)); err != nil {
				t.Error(err)
			}
			if n := logouts.Load(); n != 0 {
				t.Errorf("%d logouts", n)
			}
		})
	}
}

func tokenOf(t *testing.T, url, name, password string) string {
	t.Helper()
	res, err := http.Post(url+"/login", "application/json", strings.NewReader(`{"user":"`+name+`","password":"`+password+`"}`))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	var body struct {
		Token string `json:"access_token"`
	}
	if err := json.NewDecoder(res.Body).Decode(&body); err != nil {
		t.Fatal(err)
	}
	return body.Token
}

func loaded(t *testing.T, s shop, file string) *remote.Target {
	t.Helper()
	return loadedFrom(t, strings.ReplaceAll(file, "URL", s.serve(t)))
}

func loadedFrom(t *testing.T, file string) *remote.Target {
	t.Helper()
	path := filepath.Join(t.TempDir(), "gateway.yaml")
	if err := os.WriteFile(path, []byte(file), 0o600); err != nil {
		t.Fatal(err)
	}
	target, err := remote.Load(path, os.LookupEnv)
	if err != nil {
		t.Fatal(err)
	}
	return target
}
