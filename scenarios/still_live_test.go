package scenarios_test

import (
	"net/http"
	"sync"
	"testing"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

// dropsOne refuses the first token that it saw called, once anybody has logged
// out: somebody else's logout has fallen on it.
func dropsOne(next http.Handler, _ scenarios.Powers) http.Handler {
	var mu sync.Mutex
	first, dropped := "", false
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		token, logout := r.Header.Get("Authorization"), r.URL.Path == "/logout"
		if first == "" && !logout {
			first = token
		}
		dropped = dropped || logout
		drop := dropped && !logout && token != "" && token == first
		mu.Unlock()
		if drop {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func TestAForgedLogoutIsNotBlamedForAnother(t *testing.T) {
	gateway := sound{front: dropsOne}.inProcess(t)
	mustEnd(t, gateway, "forgery/forged-logout", report.Fail, "did not end another session")
}

func TestAForgedLogoutIsBlamed(t *testing.T) {
	mustEnd(t, leaky(t, "logout-unverified", func(*scenarios.Contract) {}), "forgery/forged-logout", report.Fail, "ended the session of")
}
