package scenarios_test

import (
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

// answering changes the answers of protected routes.
func answering(change func(r *http.Request, a *httptest.ResponseRecorder) (status int, body string)) func(http.Handler, scenarios.Powers) http.Handler {
	return func(next http.Handler, _ scenarios.Powers) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/login" || r.URL.Path == "/logout" || r.URL.Path == "/backend/hits" {
				next.ServeHTTP(w, r)
				return
			}
			answer := httptest.NewRecorder()
			next.ServeHTTP(answer, r)
			status, body := change(r, answer)
			maps.Copy(w.Header(), answer.Header())
			w.Header().Del("Content-Length")
			w.WriteHeader(status)
			_, _ = io.WriteString(w, body)
		})
	}
}

const helloPath = "/api/hello"

// routerFirst answers what is not there before it looks for a revocation, and
// after it has looked at the signature.
func routerFirst(next http.Handler, _ scenarios.Powers) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		protected := r.URL.Path != "/login" && r.URL.Path != "/logout"
		signed := strings.HasPrefix(r.Header.Get("Authorization"), "Bearer ey")
		switch {
		case !protected || !signed || r.URL.Path == helloPath && r.Method == http.MethodGet:
			next.ServeHTTP(w, r)
		case r.URL.Path == helloPath:
			w.WriteHeader(http.StatusMethodNotAllowed)
		case strings.Contains(r.URL.Path, "//"):
			http.Redirect(w, r, helloPath, http.StatusTemporaryRedirect)
		default:
			w.WriteHeader(http.StatusNotFound)
		}
	})
}

// TestWhatIsNotThereIsNotServed though the answer tells a signed token from
// none.
func TestWhatIsNotThereIsNotServed(t *testing.T) {
	target := sound{front: routerFirst, declare: func(c *scenarios.Contract) { c.Routes, c.OpenRoutes = c.Routes[:1], nil }}.inProcess(t)
	mustPass(t, target, "replay/every-route-and-method", "replay/method-override", "replay/path-variants", "replay/request-headers", "wire/huge-token")
}

func TestARefusalMayTellWhatTellsNothing(t *testing.T) {
	for name, s := range map[string]sound{
		"an empty object for everybody": {
			front:   answering(func(_ *http.Request, a *httptest.ResponseRecorder) (int, string) { return a.Code, "{}" }),
			declare: func(c *scenarios.Contract) { c.Routes = []scenarios.Route{{Path: helloPath}} },
		},
		"the page of an application": {
			front: answering(func(_ *http.Request, a *httptest.ResponseRecorder) (int, string) {
				a.Header().Set("Content-Type", "text/html; charset=utf-8")
				return a.Code, "<!doctype html><script src=/app.js></script>"
			}),
			declare: func(c *scenarios.Contract) { c.Routes = []scenarios.Route{{Path: helloPath}} },
		},
		"whose the token was": {
			front: answering(func(_ *http.Request, a *httptest.ResponseRecorder) (int, string) {
				if a.Code == http.StatusUnauthorized {
					return a.Code, `{"error":"session_ended","sub":"alice"}`
				}
				return a.Code, a.Body.String()
			}),
		},
	} {
		t.Run(name, func(t *testing.T) { mustPass(t, s.inProcess(t), "wire/refusal-tells-nothing") })
	}
}

// TestAHandlerThatDoesNotReturn writes the answer behind its refusal, with a
// number that is never the same.
func TestAHandlerThatDoesNotReturn(t *testing.T) {
	var calls atomic.Int64
	front := answering(func(_ *http.Request, a *httptest.ResponseRecorder) (int, string) {
		body := `{"sub":"alice","call":` + strings.Repeat("1", int(calls.Add(1)%9)+1) + `}`
		if a.Code == http.StatusUnauthorized {
			body = "Unauthorized\n" + body
		}
		return a.Code, body
	})
	mustEnd(t, sound{front: front}.inProcess(t), "wire/refusal-tells-nothing", report.Fail, "has in its body what a live token is answered with")
}

// TestARefusalIsKeptForItsToken by caches that heed Vary.
func TestARefusalIsKeptForItsToken(t *testing.T) {
	for vary, want := range map[string]report.Verdict{"": report.Fail, "Accept": report.Fail, "Accept, authorization": report.Pass, "*": report.Pass} {
		front := answering(func(_ *http.Request, a *httptest.ResponseRecorder) (int, string) {
			if a.Code == http.StatusUnauthorized {
				a.Header().Set("Cache-Control", "max-age=30")
				a.Header().Set("Vary", vary)
			}
			return a.Code, a.Body.String()
		})
		mustEnd(t, sound{front: front}.inProcess(t), "wire/refusal-not-cacheable", want, "")
	}
}

// TestUsersOfOneIdentity cannot be told apart by it.
func TestUsersOfOneIdentity(t *testing.T) {
	tenant := answering(func(_ *http.Request, a *httptest.ResponseRecorder) (int, string) {
		if a.Code == http.StatusOK {
			return a.Code, `{"sub":"tenant-1"}`
		}
		return a.Code, a.Body.String()
	})
	target := sound{front: tenant, declare: func(c *scenarios.Contract) {
		for i := range c.Users {
			c.Users[i].Identity = "tenant-1"
		}
	}}.inProcess(t)
	mustEnd(t, target, "replay/next-to-a-live-token", report.NotRun, "both users are answered with the same identity")
	mustPass(t, target, "isolation/identity-of-the-token", "isolation/other-user-unaffected")
}

// hangingUp ends the connection on what looks like an attack, and on every call
// if it is down.
func hangingUp(down bool) func(http.Handler, scenarios.Powers) http.Handler {
	plain := regexp.MustCompile(`^Bearer [A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]{20,}$`)
	var seen atomic.Bool
	return func(next http.Handler, _ scenarios.Powers) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			credentials := r.Header.Values("Authorization")
			odd := len(credentials) > 1 || len(credentials) == 1 && !plain.MatchString(credentials[0])
			if odd {
				seen.Store(true)
			}
			if odd || seen.Load() && down {
				panic(http.ErrAbortHandler)
			}
			next.ServeHTTP(w, r)
		})
	}
}

// TestAFirewallMayHangUp on what it takes for an attack. A target that answers
// nobody any more says nothing.
func TestAFirewallMayHangUp(t *testing.T) {
	ids := []string{"respelling/extra-space", "respelling/duplicate-header", "respelling/scheme-case", "forgery/alg-none"}
	mustPass(t, sound{front: hangingUp(false)}.inProcess(t), ids...)
	for _, id := range ids {
		mustEnd(t, sound{front: hangingUp(true)}.inProcess(t), id, report.Inconclusive, "no answer")
	}
}
