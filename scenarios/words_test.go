package scenarios_test

import (
	"net/http"
	"testing"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

// TestALogoutThatFailsForOneUserSaysForWhom.
func TestALogoutThatFailsForOneUserSaysForWhom(t *testing.T) {
	notBob := sound{front: func(next http.Handler, _ scenarios.Powers) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if sub, _ := subjectOf(r); r.URL.Path == "/logout" && sub == "bob" {
				w.WriteHeader(http.StatusConflict)
				return
			}
			next.ServeHTTP(w, r)
		})
	}}
	mustEnd(t, notBob.inProcess(t), "session/every-user", report.Fail, `(user "bob")`)
	mustEnd(t, notBob.inProcess(t), "concurrency/two-users-at-once", report.Fail, `(user "bob")`)
}

// TestALeakAfterExpSaysSo: that the token should have died by itself is the point.
func TestALeakAfterExpSaysSo(t *testing.T) {
	mustEnd(t, leaky(t, "ttl-ignores-leeway", nil), "retention/through-leeway", report.Fail, "after its exp, and ")
}
