package scenarios_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/revocheck/revocheck/reference"
	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
	"github.com/revocheck/revocheck/scenarios/target/handler"
	inprocess "github.com/revocheck/revocheck/scenarios/target/reference"
)

const (
	capacity = `{ "statusCode": 429, "message": "The service is over its capacity. Try again in 7 seconds." }`
	ended    = `{ "code": "session_ended" }`
)

func answer429(w http.ResponseWriter, body string) {
	w.Header().Set("Retry-After", "7")
	w.WriteHeader(http.StatusTooManyRequests)
	_, _ = io.WriteString(w, body)
}

// declaring429 is the reference gateway, which refuses with 429 as its contract
// says, and says when to try again; at some moments, told by how many calls there
// were since the first logout, it is over its capacity.
func declaring429(t *testing.T, strategy string, when func(r *http.Request, calls int64) bool) *handler.Target {
	t.Helper()
	made, err := inprocess.New(reference.Config{Strategy: strategy, Store: "memory"}, 1)
	if err != nil {
		t.Fatal(err)
	}
	target, start := &made.Target, made.Start
	target.Declares.Refusal.Statuses = scenarios.Statuses{http.StatusTooManyRequests}
	target.Start = func() (handler.Gateway, error) {
		var logouts, calls atomic.Int64
		g, err := start()
		next := g.Replicas[0]
		g.Replicas[0] = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if logouts.Load() > 0 && when(r, calls.Add(1)) {
				answer429(w, capacity)
				return
			}
			answer := httptest.NewRecorder()
			if next.ServeHTTP(answer, r); answer.Code == http.StatusUnauthorized {
				answer429(w, ended)
				return
			}
			for name, values := range answer.Header() {
				w.Header()[name] = values
			}
			w.WriteHeader(answer.Code)
			_, _ = w.Write(answer.Body.Bytes())
			if r.URL.Path == "/logout" {
				logouts.Add(1)
			}
		})
		return g, err
	}
	return target
}

// TestA429ThatIsDeclaredAndForTheNumberOfCalls is told from a refusal of the token
// by its body and by controls.
func TestA429ThatIsDeclaredAndForTheNumberOfCalls(t *testing.T) {
	call := func(r *http.Request) bool { return strings.HasPrefix(r.URL.Path, "/api") }
	for name, c := range map[string]struct {
		strategy string
		when     func(r *http.Request, calls int64) bool
		verdict  report.Verdict
		says     string
	}{
		"never":                              {"denylist", func(*http.Request, int64) bool { return false }, report.Pass, ""},
		"everything":                         {"denylist", func(*http.Request, int64) bool { return true }, report.Inconclusive, "throttled"},
		"every call, no login":               {"denylist", func(r *http.Request, _ int64) bool { return call(r) }, report.Inconclusive, "throttled"},
		"one call":                           {"denylist", func(_ *http.Request, n int64) bool { return n == 1 }, report.Inconclusive, "throttled"},
		"one call, and nothing is revoked":   {"client-side", func(_ *http.Request, n int64) bool { return n == 1 }, report.Inconclusive, "throttled"},
		"every call, and nothing is revoked": {"client-side", func(r *http.Request, _ int64) bool { return call(r) }, report.Inconclusive, "throttled"},
		"issued tokens alone":                {"denylist", func(r *http.Request, _ int64) bool { return call(r) && sane(r) }, report.Fail, "a live token was refused (over-block)"},
	} {
		t.Run(name, func(t *testing.T) {
			r, err := playOne(t, declaring429(t, c.strategy, c.when), "replay/after-logout")
			if err != nil {
				t.Fatal(err)
			}
			if r.Verdict != c.verdict || !strings.Contains(r.Why, c.says) || strings.Contains(r.Why, "declare it") {
				t.Errorf("%s: %s\nwant %s: ...%s...", r.Verdict, r.Why, c.verdict, c.says)
			}
		})
	}
}
