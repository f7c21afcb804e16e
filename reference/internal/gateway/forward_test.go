package gateway_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/revocheck/revocheck/reference"
	"github.com/revocheck/revocheck/reference/internal/trial"
)

// mirror answers with what a backend learns of a request.
func mirror(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	_, _ = io.WriteString(w, strings.Join([]string{
		r.Method, r.URL.RequestURI(), string(body), r.Header.Get("X-User"), r.Header.Get("Authorization"),
	}, "|"))
}

func TestForwarding(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(mirror))
	defer server.Close()
	for name, cfg := range map[string]reference.Config{
		"handler": {Backend: http.HandlerFunc(mirror)},
		"URL":     {BackendURL: server.URL},
	} {
		t.Run(name, func(t *testing.T) {
			cfg.Lenient.Form = true
			g := trial.New(t, cfg)
			spoof := []trial.Edit{trial.Bearing(g.Login("alice")), trial.Header("X-User", "root"), trial.Header("Connection", "X-User")}
			w := g.Send(0, "POST", "/a%2Fb?q=1", "x=1", append(spoof, trial.Header("Content-Type", "application/x-www-form-urlencoded"))...)
			if got, want := w.Body.String(), "POST|/a%2Fb?q=1|x=1|alice|"; got != want {
				t.Errorf("the backend saw %q, want %q", got, want)
			}
			if g.Backend() != nil {
				t.Error("Backend() is not nil, though the backend is another one")
			}
			g.Want("hits of a backend that does not count", g.Send(0, "GET", "/backend/hits", "").Code, http.StatusUnauthorized)
		})
	}
}

func TestBackendURLWithAPath(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(mirror))
	defer server.Close()
	g := trial.New(t, reference.Config{BackendURL: server.URL + "/base"})
	w := g.Send(0, "GET", "/x?q=1", "", trial.Bearing(g.Login("alice")))
	if got, want := w.Body.String(), "GET|/base/x?q=1||alice|"; got != want {
		t.Errorf("the backend saw %q, want %q", got, want)
	}
}

func TestBackendDown(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(mirror))
	server.Close()
	g := trial.New(t, reference.Config{BackendURL: server.URL})
	g.Want("a call while the backend is down", g.Call(g.Login("alice")), http.StatusBadGateway)
}

func TestBodiesAreBounded(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(mirror))
	defer server.Close()
	g := trial.New(t, reference.Config{BackendURL: server.URL})
	w := g.Send(0, "POST", "/api/hello", strings.Repeat("x", 1<<20+1), trial.Bearing(g.Login("alice")))
	g.Want("a body that is too long", w.Code, http.StatusRequestEntityTooLarge)
}

func TestEchoCountsWhatReachesIt(t *testing.T) {
	g := trial.New(t, reference.Config{})
	raw := g.Login("alice")
	for _, method := range []string{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"} {
		w := g.Send(0, method, "/api/orders", "", trial.Bearing(raw))
		if method == "HEAD" {
			g.Want("HEAD", w.Code, 200)
			g.Want("the length of an answer to HEAD", w.Body.Len(), 0)
		} else if trial.Subject(w) != "alice" || !strings.Contains(w.Body.String(), method) {
			t.Errorf("%s: %d %s", method, w.Code, w.Body)
		}
	}
	if hits := g.Backend().Hits(); hits != 7 {
		t.Errorf("Hits() = %d after 7 calls", hits)
	}
}
