package scenarios_test

import (
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/revocheck/revocheck/reference"
	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

const asSent, revives = "lifecycle/logout-as-browsers-send-it", "lifecycle/nothing-revives-it"

// particular takes no logout but a plain one: it refuses another site's and one
// with a body, sends who wants a page to one, and hands what has a query to a
// backend that answers everything.
func particular(next http.Handler, _ scenarios.Powers) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Path != "/logout":
			next.ServeHTTP(w, r)
		case r.URL.RawQuery != "":
			_, _ = io.WriteString(w, "a page of the application")
		case r.Header.Get("Origin") != "" && r.Header.Get("Origin") != "http://"+r.Host:
			w.WriteHeader(http.StatusForbidden)
		case r.ContentLength > 0:
			w.WriteHeader(http.StatusUnsupportedMediaType)
		case strings.HasPrefix(r.Header.Get("Accept"), "text/html"):
			next.ServeHTTP(discarding{w}, r) // it is done, and told in another way
			http.Redirect(w, r, "/bye", http.StatusSeeOther)
		default:
			next.ServeHTTP(w, r)
		}
	})
}

// discarding keeps an answer from its client.
type discarding struct{ http.ResponseWriter }

func (discarding) Header() http.Header            { return http.Header{} }
func (discarding) WriteHeader(int)                {}
func (discarding) Write(text []byte) (int, error) { return len(text), nil }

func TestALogoutMayBeRefusedForWhatIsAddedToIt(t *testing.T) {
	t.Parallel()
	target := sound{front: particular}.inProcess(t)
	mustPass(t, target, asSent)
	r, err := playOne(t, target, asSent)
	if err != nil || len(r.Notes) != 5 {
		t.Errorf("%d notes, want one for each of 5 logouts that were not acknowledged: %q %v", len(r.Notes), r.Notes, err)
	}
	wide := sound{
		config: reference.Config{LogoutScope: reference.ScopeUser}, declare: func(c *scenarios.Contract) { c.Logout.CutOff = time.Second },
		front: func(next http.Handler, powers scenarios.Powers) http.Handler {
			return particular(wholeSeconds(next, powers), powers)
		},
	}.inProcess(t)
	mustPass(t, wide, asSent, revives)
}

// TestALogoutWithATokenFieldKeepsItsBody: what a target has a use for is sent as
// it is.
func TestALogoutWithATokenFieldKeepsItsBody(t *testing.T) {
	t.Parallel()
	var bodies atomic.Int64
	target := sound{
		declare: func(c *scenarios.Contract) { c.Logout.TokenField = "token" },
		front: func(next http.Handler, _ scenarios.Powers) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				body, _ := io.ReadAll(r.Body)
				r.Body = io.NopCloser(strings.NewReader(string(body)))
				if r.URL.Path == "/logout" && !strings.HasPrefix(string(body), "token=") {
					bodies.Add(1)
				}
				next.ServeHTTP(w, r)
			})
		},
	}.inProcess(t)
	mustPass(t, target, asSent)
	if n := bodies.Load(); n > 0 {
		t.Errorf("%d logouts without the field", n)
	}
}

// TestAWrongPasswordMayLockItsUser: what the scenario needs a login for is done
// by then.
func TestAWrongPasswordMayLockItsUser(t *testing.T) {
	t.Parallel()
	var locked, wrong atomic.Int64
	target := sound{front: func(next http.Handler, _ scenarios.Powers) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			body, _ := io.ReadAll(r.Body)
			r.Body = io.NopCloser(strings.NewReader(string(body)))
			if r.URL.Path == "/login" && strings.Contains(string(body), "alice") {
				if !strings.Contains(string(body), reference.DefaultUsers()["alice"]) {
					wrong.Add(1)
					locked.Store(1)
				}
				if locked.Load() > 0 {
					w.WriteHeader(http.StatusLocked)
					return
				}
			}
			next.ServeHTTP(w, r)
		})
	}}.inProcess(t)
	r, err := playOne(t, target, revives)
	if err != nil || r.Verdict != report.Pass || wrong.Load() != 1 {
		t.Errorf("%s (%s) after %d wrong passwords; want a pass and one: %v", r.Verdict, r.Why, wrong.Load(), err)
	}
	if notes := strings.Join(r.Notes, "; "); !strings.Contains(notes, "a good one gave no token (423)") {
		t.Errorf("the lock is not told of: %q", notes)
	}
}

// TestWhatIsAddedWorksOverTCP, where clocks do not move.
func TestWhatIsAddedWorksOverTCP(t *testing.T) {
	t.Parallel()
	target := sound{config: reference.Config{NoJTI: true}}.served(t, "logout: {path: /logout}\nopen_routes: [{path: /public}]\n")
	for id, r := range together(t, target, 40*time.Second, asSent, revives, "lifecycle/second-logout-harmless") {
		if r.Verdict != report.Pass {
			t.Errorf("%s: %s: %s", id, r.Verdict, r.Why)
		}
	}
}
