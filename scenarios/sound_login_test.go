package scenarios_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/revocheck/revocheck/reference"
	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
	"github.com/revocheck/revocheck/scenarios/catalogue"
	"github.com/revocheck/revocheck/scenarios/scenariotest"
	"github.com/revocheck/revocheck/scenarios/target/remote"
)

// served is reached over TCP by a target file, and its clock is the machine's.
func (s sound) served(t *testing.T, more string) *remote.Target {
	t.Helper()
	d, err := reference.Start(s.config, 1)
	if err != nil {
		t.Fatal(err)
	}
	h := d.Replicas()[0]
	if s.front != nil {
		h = s.front(h, scenarios.Powers{Now: time.Now})
	}
	server := httptest.NewServer(h)
	t.Cleanup(func() { server.Close(); _ = d.Close() })
	file := filepath.Join(t.TempDir(), "target.yaml")
	text := "endpoints: [" + server.URL + "]\nusers: [{name: alice, password: correct-horse}]\nlogin: {path: /login, lifetime_field: expires_in}\nroutes: [{path: /api/hello, identity: $.sub}]\n" + more
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	target, err := remote.Load(file, os.LookupEnv)
	if err != nil {
		t.Fatal(err)
	}
	return target
}

// together plays scenarios at once and gives their records by ID.
func together(t *testing.T, target scenarios.Target, maxWait time.Duration, ids ...string) map[string]report.Record {
	t.Helper()
	all, err := catalogue.All()
	if err != nil {
		t.Fatal(err)
	}
	records, err := scenariotest.Decided(t.Context(), target, all, scenarios.Options{Only: ids, MaxWait: maxWait})
	if err != nil {
		t.Fatal(err)
	}
	return records
}

// TestOneTokenASecondIsEnough: without jti the logins of a second give one
// token, which one scenario alone can use.
func TestOneTokenASecondIsEnough(t *testing.T) {
	t.Parallel()
	target := sound{config: reference.Config{NoJTI: true}}.served(t, "logout: {path: /logout}\n")
	records := together(t, target, 10*time.Second, "lifecycle/logout-ends-token", "lifecycle/live-token-accepted",
		"replay/after-logout", "isolation/sibling-session-unaffected", "lifecycle/no-token-refused", "forgery/alg-none")
	for id, r := range records {
		if r.Verdict != report.Pass {
			t.Errorf("%s: %s: %s", id, r.Verdict, r.Why)
		}
	}
}

// TestALoginKeepsClearOfTheCutOffOfAnotherScenario, and samples of logins are
// as large as the waiting for each allows.
func TestALoginKeepsClearOfTheCutOffOfAnotherScenario(t *testing.T) {
	t.Parallel()
	target := sound{config: reference.Config{LogoutScope: reference.ScopeUser}, front: wholeSeconds}.
		served(t, "logout: {path: /logout, scope: user, cut_off_granularity: 1s}\n")
	records := together(t, target, 4*time.Second, "retention/until-exp", "lifecycle/logout-ends-token",
		"lifecycle/live-token-accepted", "retention/many-revocations", "lifecycle/in-flight-call-at-logout")
	for id, r := range records {
		if want := map[bool]report.Verdict{true: report.NotRun, false: report.Pass}[id == "retention/until-exp"]; r.Verdict != want {
			t.Errorf("%s: %s: %s", id, r.Verdict, r.Why)
		}
	}
}

// throttledLogins answers every other login after a logout as one too many.
func throttledLogins(next http.Handler, _ scenarios.Powers) http.Handler {
	var logouts, logins atomic.Int64
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/logout" {
			logouts.Add(1)
		}
		if r.URL.Path == "/login" && logouts.Load() > 0 && logins.Add(1)%2 == 1 {
			w.Header().Set("Retry-After", "1")
			w.WriteHeader(http.StatusTooManyRequests)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// TestALoginWaitsWhereLoginsAreThrottled, whenever that is: the status is none
// with which tokens are refused.
func TestALoginWaitsWhereLoginsAreThrottled(t *testing.T) {
	mustPass(t, sound{front: throttledLogins}.inProcess(t), "lifecycle/logout-ends-token", "isolation/cut-off-is-the-latest")
	refusing := sound{front: throttledLogins, config: reference.Config{RefusalStatus: http.StatusTooManyRequests}}.inProcess(t)
	mustEnd(t, refusing, "lifecycle/logout-ends-token", report.Fail, "a login was refused (over-block)")
}

// TestALoginThatRedirects is said to, without what the URL may hide: redirects
// are not followed.
func TestALoginThatRedirects(t *testing.T) {
	target := sound{front: func(http.Handler, scenarios.Powers) http.Handler {
		return http.RedirectHandler("https://gateway.example/login?secret=1", http.StatusMovedPermanently)
	}}.inProcess(t)
	_, err := playOne(t, target, "lifecycle/logout-ends-token")
	if err == nil || !strings.Contains(err.Error(), "answered 301: it redirects to https://gateway.example/login; write https://gateway.example") || strings.Contains(err.Error(), "secret") {
		t.Error(err)
	}
}

// TestALoginMayRefuseALifetime that it does not grant, though its bounds are
// not declared.
func TestALoginMayRefuseALifetime(t *testing.T) {
	target := sound{front: choosy}.inProcess(t)
	mustEnd(t, target, "retention/near-expiry-logout", report.NotRun, "a lifetime of 12s was asked for, and POST /login answered 400: set login.min_lifetime")
	mustPass(t, target, "retention/past-60s", "lifecycle/logout-ends-token")
}

// choosy answers 400 to a login that asks for less than half an hour.
func choosy(next http.Handler, _ scenarios.Powers) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		var asked struct {
			Life int `json:"expires_in"`
		}
		if json.Unmarshal(body, &asked) == nil && asked.Life > 0 && asked.Life < 1800 {
			http.Error(w, "too short", http.StatusBadRequest)
			return
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		next.ServeHTTP(w, r)
	})
}
