package scenarios_test

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/revocheck/revocheck/reference"
	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
	"github.com/revocheck/revocheck/scenarios/target/handler"
	inprocess "github.com/revocheck/revocheck/scenarios/target/reference"
)

// leaky is the reference gateway with a fault and a contract of its own.
func leaky(t *testing.T, fault string, declare func(*scenarios.Contract)) *handler.Target {
	t.Helper()
	return sound{config: reference.Config{Fault: fault}, declare: declare}.inProcess(t)
}

func noLifetime(c *scenarios.Contract) { c.Login.LifetimeField = "" }

// TestAMovableClockNeedsNoLifetime: every token can be watched to its end.
func TestAMovableClockNeedsNoLifetime(t *testing.T) {
	for fault, id := range map[string]string{
		"ttl-300s":                 "retention/until-exp",
		"ttl-drops-near-expiry":    "retention/near-expiry-logout",
		"exp-not-checked":          "expiry/expired-refused",
		"expires-early":            "expiry/accepted-until-exp",
		"logout-expired-token-500": "lifecycle/logout-expired-token-harmless",
	} {
		mustEnd(t, leaky(t, fault, noLifetime), id, report.Fail, "")
		mustEnd(t, leaky(t, "", noLifetime), id, report.Pass, "")
	}
}

// stuttering cannot answer every seventh call.
func stuttering(next http.Handler, _ scenarios.Powers) http.Handler {
	var n atomic.Int64
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/login" && r.URL.Path != "/logout" && n.Add(1)%7 == 0 {
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// TestAFailureTellsNoFormFromAnother: a 503 for no token and a 404 for a live
// one do not make the 404 an acceptance.
func TestAFailureTellsNoFormFromAnother(t *testing.T) {
	for range 3 {
		r, err := playOne(t, sound{front: stuttering}.inProcess(t), "replay/path-variants")
		if err != nil || r.Verdict == report.Fail {
			t.Errorf("%s: %s (%v)", r.Verdict, r.Why, err)
		}
	}
}

// sameToken answers each login as the first with the same body.
func sameToken(next http.Handler, _ scenarios.Powers) http.Handler {
	var mu sync.Mutex
	given := map[string]*httptest.ResponseRecorder{}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/login" {
			next.ServeHTTP(w, r)
			return
		}
		mu.Lock()
		defer mu.Unlock()
		body, _ := io.ReadAll(r.Body)
		answer := given[string(body)]
		if answer == nil {
			answer = httptest.NewRecorder()
			r.Body = io.NopCloser(bytes.NewReader(body))
			next.ServeHTTP(answer, r)
			given[string(body)] = answer
		}
		w.WriteHeader(answer.Code)
		_, _ = w.Write(answer.Body.Bytes())
	})
}

// TestATokenThatAnotherScenarioLoggedOutIsNoNewOne.
func TestATokenThatAnotherScenarioLoggedOutIsNoNewOne(t *testing.T) {
	t.Parallel()
	target := sound{front: sameToken}.served(t, "logout: {path: /logout}\n")
	for id, r := range together(t, target, 20*time.Second, "lifecycle/logout-ends-token", "lifecycle/relogin-works", "replay/after-logout") {
		if r.Verdict != report.Fail || !strings.Contains(r.Why, "that had been logged out") {
			t.Errorf("%s: %s: %s", id, r.Verdict, r.Why)
		}
	}
}

// thirdUnheard makes three replicas of which none hears of the others' logouts,
// and tells all of those at the first two.
func thirdUnheard(t *testing.T) *handler.Target {
	t.Helper()
	made, err := inprocess.New(reference.Config{Fault: "replica-never-hears"}, 3)
	if err != nil {
		t.Fatal(err)
	}
	start := made.Start
	made.Declares.LeakWindow = 2100 * time.Millisecond
	made.Start = func() (handler.Gateway, error) {
		g, err := start()
		if err == nil {
			all := g.Replicas
			g.Replicas = []http.Handler{telling(all[0], all[1:]), telling(all[1], []http.Handler{all[0], all[2]}), all[2]}
		}
		return g, err
	}
	return &made.Target
}

func telling(next http.Handler, others []http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/logout" {
			for _, o := range others {
				o.ServeHTTP(httptest.NewRecorder(), r.Clone(r.Context()))
			}
		}
		next.ServeHTTP(w, r)
	})
}

// TestLogoutsAtEachReplicaAreFollowed, also where the declared window is so long
// that one only is watched closely.
func TestLogoutsAtEachReplicaAreFollowed(t *testing.T) {
	t.Parallel()
	mustEnd(t, thirdUnheard(t), "cluster/propagation-time", report.Fail, "E3#")
}
