package scenarios_test

import (
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
	"github.com/revocheck/revocheck/scenarios/catalogue"
	"github.com/revocheck/revocheck/scenarios/target/handler"
)

// TestCanary sends what the dry run says, less than twenty calls, all as one user.
func TestCanary(t *testing.T) {
	all, err := catalogue.All()
	if err != nil {
		t.Fatal(err)
	}
	o := scenarios.Options{Profile: scenarios.Canary}
	var mu sync.Mutex
	var sent []string
	target := breaking(t, func(r *http.Request) bool {
		mu.Lock()
		defer mu.Unlock()
		sent = append(sent, r.Method+" "+r.URL.Path)
		return false
	})
	run, err := scenarios.Run(t.Context(), target, all, o)
	if err != nil || run.Conclusion != report.Conformant || len(run.Records) != 1 || run.Unproven == "" {
		t.Fatalf("%v, %+v", err, run)
	}
	list, err := scenarios.DryRun(target, all, o)
	if err != nil || len(list) != 1 {
		t.Fatal(err)
	}
	planned := 0
	for _, r := range append(scenarios.PreflightPlan(target, scenarios.Canary), list[0].Requests...) {
		if r.To == scenarios.Gateway {
			planned += r.Count
		}
		if strings.Contains(r.What, "bob") || strings.Contains(r.What, "user 2") {
			t.Errorf("another user: %s", r.What)
		}
	}
	if planned != len(sent) || planned >= 20 {
		t.Errorf("%d calls were planned, and %d sent: %q", planned, len(sent), sent)
	}
}

// TestCanaryFindsWhereTheCheckDoesNotRun, and sends nothing more to find out why.
func TestCanaryFindsWhereTheCheckDoesNotRun(t *testing.T) {
	all, err := catalogue.All()
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		passes func(*http.Request) bool
		says   string
	}{
		"anywhere":  {func(*http.Request) bool { return true }, "was accepted (200)"},
		"one route": {func(r *http.Request) bool { return r.URL.Path == "/api/orders" && r.Method == http.MethodGet }, "GET /api/orders at replica 1"},
	} {
		n := 0
		run, err := scenarios.Run(t.Context(), unchecked(t, c.passes, &n), all, scenarios.Options{Profile: scenarios.Canary})
		if err != nil || run.Conclusion != report.Nonconformant || !strings.Contains(run.Records[0].Why, c.says) {
			t.Errorf("%s: %v, %s, %+v", name, err, run.Conclusion, run.Records)
		}
		if n >= 20 {
			t.Errorf("%s: %d calls", name, n)
		}
	}
}

// unchecked is the reference gateway that looks some requests up in another one's
// memory, where nobody has logged out.
func unchecked(t *testing.T, passes func(*http.Request) bool, n *int) *handler.Target {
	t.Helper()
	target := breaking(t, func(*http.Request) bool { *n++; return false })
	start := target.Start
	target.Start = func() (handler.Gateway, error) {
		g, err := start()
		next, logouts := g.Replicas[0], map[string]bool{}
		g.Replicas[0] = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if text := r.Header.Get("Authorization"); r.URL.Path == "/logout" {
				logouts[text] = true
			} else if logouts[text] && passes(r) {
				*n++
				_, _ = w.Write([]byte(`{"sub":"alice"}`))
				return
			}
			next.ServeHTTP(w, r)
		})
		return g, err
	}
	return target
}
