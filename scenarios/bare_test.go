package scenarios_test

import (
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/revocheck/revocheck/reference"
	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
	"github.com/revocheck/revocheck/scenarios/catalogue"
	"github.com/revocheck/revocheck/scenarios/target/handler"
	inprocess "github.com/revocheck/revocheck/scenarios/target/reference"
)

// breaking is the reference gateway that breaks on some requests.
func breaking(t *testing.T, when func(*http.Request) bool) *handler.Target {
	t.Helper()
	made, err := inprocess.New(reference.Config{Store: "memory"}, 1)
	if err != nil {
		t.Fatal(err)
	}
	target, start := &made.Target, made.Start
	target.Start = func() (handler.Gateway, error) {
		g, err := start()
		next := g.Replicas[0]
		g.Replicas[0] = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if when(r) {
				http.Error(w, "broken", http.StatusInternalServerError)
				return
			}
			next.ServeHTTP(w, r)
		})
		return g, err
	}
	return target
}

func bareOf(r *http.Request, paths ...string) bool {
	for _, p := range paths {
		if strings.HasPrefix(r.URL.Path, p) {
			return r.Header.Get("Authorization") == ""
		}
	}
	return false
}

// TestARequestThatBreaksForWantOfAToken is one cause, be it the login, a route or
// the logout as well; and what breaks now and then is not taken for it.
func TestARequestThatBreaksForWantOfAToken(t *testing.T) {
	all, err := catalogue.All()
	if err != nil {
		t.Fatal(err)
	}
	only := scenarios.Options{Only: []string{"lifecycle/login-issues-token", "lifecycle/no-token-refused", "lifecycle/logout-without-token-harmless", "isolation/headerless*", "replay/after-logout"}}
	for name, c := range map[string]struct {
		when   func(*http.Request) bool
		failed int
		passed string // of which one at least passes
	}{
		"every request":    {func(r *http.Request) bool { return bareOf(r, "/") }, 5, ""},
		"protected routes": {func(r *http.Request) bool { return bareOf(r, "/api") }, 1, "replay/after-logout"},
		"and the logout":   {func(r *http.Request) bool { return bareOf(r, "/api", "/logout") }, 3, "replay/after-logout"},
	} {
		t.Run(name, func(t *testing.T) {
			run, err := scenarios.Run(t.Context(), breaking(t, c.when), all, only)
			if err != nil {
				t.Fatal(err)
			}
			run = run.WithCauses()
			if len(run.Causes) != 1 || run.Causes[0].Observable != report.BrokeBare || len(run.Causes[0].Scenarios) != c.failed || run.Conclusion != report.Nonconformant {
				t.Errorf("%s: %+v", run.Conclusion, run.Causes)
			}
			for _, r := range run.Records {
				if r.Verdict != report.Fail && r.Verdict != report.Pass || r.ID == c.passed && r.Verdict != report.Pass {
					t.Errorf("%s: %s, %s", r.ID, r.Verdict, r.Why)
				}
			}
		})
	}
	var n atomic.Int64
	run, err := scenarios.Run(t.Context(), breaking(t, func(r *http.Request) bool { return bareOf(r, "/api") && n.Add(1)%2 == 1 }), all, only)
	if run = run.WithCauses(); err != nil || len(run.Causes) != 0 || run.Conclusion != report.Partial {
		t.Errorf("broken now and then: %v, %+v, %s", err, run.Causes, run.Conclusion)
	}
}
