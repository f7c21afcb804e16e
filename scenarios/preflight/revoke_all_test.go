package preflight_test

import (
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/revocheck/revocheck/scenarios"
)

// TestASignOutEverywhereIsTriedWithoutHarm: with a token that nobody has, and not at
// all where it may need none; a gateway that does not know the token is right.
func TestASignOutEverywhereIsTriedWithoutHarm(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		keys string
		sent int64
	}{
		"with the token":            {"path: /session/out", 1},
		"by an administrator":       {"path: /session/out, carrier: none, headers: {X-Admin: key}", 0},
		"an administrator and more": {"path: /session/out, headers: {X-Admin: key}", 0},
		"by nobody":                 {"path: /session/out, carrier: none", 0},
		"with the token in a field": {"path: /session/out, carrier: none, fields: {t: $.access_token}", 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var sent atomic.Int64
			s := shop{instead: func(w http.ResponseWriter, r *http.Request, _ http.Handler) bool {
				if r.URL.Path != "/session/out" {
					return false
				}
				sent.Add(1)
				http.Error(w, "no such session", http.StatusNotFound)
				return true
			}}
			file := strings.Replace(right, "hits:", "revoke_all: {"+c.keys+", undo: {method: GET, path: /public}}\nhits:", 1)
			if _, err := scenarios.Preflight(t.Context(), loaded(t, s, file)); err != nil {
				t.Error(err)
			}
			if sent.Load() != c.sent {
				t.Errorf("%d were sent; %d are wanted", sent.Load(), c.sent)
			}
		})
	}
}
