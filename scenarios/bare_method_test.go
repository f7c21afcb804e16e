package scenarios_test

import (
	"net/http"
	"testing"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

// bare answers a method of /api/hello without a token by itself, and any path if
// it is all.
func bare(method string, all bool) func(http.Handler, scenarios.Powers) http.Handler {
	return func(next http.Handler, _ scenarios.Powers) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.Method == method && r.Header.Get("Authorization") == "" && (all || r.URL.Path == "/api/hello") && r.URL.Path != "/login" {
				w.WriteHeader(http.StatusNoContent)
				return
			}
			next.ServeHTTP(w, r)
		})
	}
}

// TestAMethodWithoutATokenIsAFinding, which binds if the target declares it or the
// backend was reached.
func TestAMethodWithoutATokenIsAFinding(t *testing.T) {
	const id = "lifecycle/no-token-by-any-method"
	for name, c := range map[string]struct {
		front func(http.Handler, scenarios.Powers) http.Handler
		want  report.Verdict
		level report.Level
	}{
		"one that is not declared":  {bare(http.MethodDelete, false), report.Fail, report.Should},
		"HEAD, which goes with GET": {bare(http.MethodHead, false), report.Fail, report.Must},
		"of every path":             {bare(http.MethodDelete, true), report.Pass, report.Should},
		"OPTIONS":                   {bare(http.MethodOptions, false), report.Pass, report.Should},
	} {
		r, err := playOne(t, sound{front: c.front}.inProcess(t), id)
		if err != nil || r.Verdict != c.want || r.Level != c.level {
			t.Errorf("%s: %s %s: %s, %v", name, r.Level, r.Verdict, r.Why, err)
		}
	}
	r, err := playOne(t, leaky(t, "delete-needs-no-token", nil), id)
	if err != nil || r.Verdict != report.Fail || r.Level != report.Must {
		t.Errorf("one that reaches the backend: %s %s: %s, %v", r.Level, r.Verdict, r.Why, err)
	}
}
