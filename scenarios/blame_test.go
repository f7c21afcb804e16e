package scenarios_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/golang-jwt/jwt/v5"

	"github.com/revocheck/revocheck/reference"
	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

// showing has an open route that shows the sub of whatever token is sent, of which
// it verifies nothing, as pages with a greeting do.
func showing(next http.Handler, _ scenarios.Powers) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/public" && r.Header.Get("X-Original-URL") != "/public" {
			next.ServeHTTP(w, r)
			return
		}
		sub, _ := subjectOf(r)
		_ = json.NewEncoder(w).Encode(map[string]string{"sub": sub})
	})
}

// TestAHeaderThatDoesNothingIsNotBlamed for an open route that shows what it is
// sent, also where the header is what leads to it.
func TestAHeaderThatDoesNothingIsNotBlamed(t *testing.T) {
	mustPass(t, sound{front: showing}.inProcess(t), "replay/request-headers", "replay/path-variants", "replay/method-override", "replay/carrier-swap")
}

// nowAndThen serves a dead token at every nth call of it after its logout: one of
// n workers has a cache of its own.
func nowAndThen(n int64) func(http.Handler, scenarios.Powers) http.Handler {
	return serving(func(call int64) bool { return call%n == 0 })
}

// serving serves a dead token at some of its calls, counted from 1 at each logout.
func serving(some func(call int64) bool) func(http.Handler, scenarios.Powers) http.Handler {
	return func(next http.Handler, _ scenarios.Powers) http.Handler {
		var calls sync.Map
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			_, raw, _ := strings.Cut(r.Header.Get("Authorization"), " ")
			if r.URL.Path == "/logout" {
				calls.Store(raw, &atomic.Int64{})
			}
			dead, _ := calls.Load(raw)
			if r.URL.Path == "/logout" || dead == nil || !some(dead.(*atomic.Int64).Add(1)) {
				next.ServeHTTP(w, r)
				return
			}
			claims := jwt.MapClaims{}
			_, _, _ = jwt.NewParser().ParseUnverified(raw, claims)
			_ = json.NewEncoder(w).Encode(map[string]any{"sub": claims["sub"]})
		})
	}
}

// TestALeakThatComesAndGoesIsNotBlamedOnTheRequest that happened to show it.
func TestALeakThatComesAndGoesIsNotBlamedOnTheRequest(t *testing.T) {
	target := sound{front: nowAndThen(4)}.inProcess(t)
	for _, id := range []string{
		"replay/request-headers", "replay/request-form", "replay/path-variants", "replay/every-route-and-method", "wire/many-headers",
		"respelling/scheme-case", "lifecycle/nothing-revives-it",
	} {
		r, err := playOne(t, target, id)
		if err != nil || r.Verdict != report.Fail {
			t.Errorf("%s: %s: %s, %v", id, r.Verdict, r.Why, err)
		}
		own := strings.Contains(r.Why, " when sent as ") || strings.Contains(r.Why, " when spelled as ") || strings.Contains(r.Why, "T after ")
		if own && (!strings.Contains(r.Why, "cause") || !strings.HasPrefix(r.Fix, "The token is accepted now and then")) {
			t.Errorf("%s blames what it did not vary: %s (%s)", id, r.Why, r.Fix)
		}
	}
}

// TestAWorkerIsNotTakenForAProtocol: each connection has a worker of its own, and
// those that have seen no logout serve dead tokens from a cache.
func TestAWorkerIsNotTakenForAProtocol(t *testing.T) {
	d, err := reference.Start(reference.Config{}, 1)
	if err != nil {
		t.Fatal(err)
	}
	cached := nowAndThen(1)(d.Replicas()[0], scenarios.Powers{})
	type worker struct{}
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		knows := r.Context().Value(worker{}).(*atomic.Bool)
		if r.URL.Path == "/logout" {
			knows.Store(true)
		}
		if r.URL.Path == "/logout" || !knows.Load() {
			cached.ServeHTTP(w, r)
			return
		}
		d.Replicas()[0].ServeHTTP(w, r)
	}))
	s.Config.ConnContext = func(ctx context.Context, _ net.Conn) context.Context {
		return context.WithValue(ctx, worker{}, &atomic.Bool{})
	}
	s.Start()
	t.Cleanup(func() { s.Close(); _ = d.Close() })
	target := sourced(t, s.URL, "password: "+fmt.Sprintf("%q", reference.DefaultUsers()["alice"]), "login: {path: /login}\n")
	r, err := playOne(t, target, "replay/request-form")
	if err != nil || r.Verdict != report.Fail || !strings.Contains(r.Why, "when sent as HTTP/1.0") || !strings.Contains(r.Why, "which is not the cause") {
		t.Errorf("%s: %s, %v", r.Verdict, r.Why, err)
	}
}

// TestWhatIsToBlameIsBlamed with the scenario's own words on how to mend it.
func TestWhatIsToBlameIsBlamed(t *testing.T) {
	for fault, id := range map[string]string{"many-headers-skips-check": "wire/many-headers", "key-raw-header": "respelling/scheme-case"} {
		r, err := playOne(t, leaky(t, fault, nil), id)
		if err != nil || r.Verdict != report.Fail || strings.Contains(r.Why, "the cause") || strings.HasPrefix(r.Fix, "The token is accepted now") {
			t.Errorf("%s: %s: %s (%s), %v", id, r.Verdict, r.Why, r.Fix, err)
		}
	}
}
