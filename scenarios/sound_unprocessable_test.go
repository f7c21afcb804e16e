package scenarios_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

// neverValid answers a token that cannot be valid, or not any more, with a status
// of its own, and refuses logged-out ones and calls without one with 401.
func neverValid(status int) func(http.Handler, scenarios.Powers) http.Handler {
	return func(next http.Handler, powers scenarios.Powers) http.Handler {
		var ended sync.Map
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			_, raw, _ := strings.Cut(r.Header.Get("Authorization"), " ")
			if r.URL.Path == "/logout" {
				ended.Store(raw, true)
			}
			answer := httptest.NewRecorder()
			next.ServeHTTP(answer, r)
			_, dead := ended.Load(raw)
			if answer.Code == http.StatusUnauthorized && raw != "" && (!dead || expired(raw, powers.Now())) {
				w.WriteHeader(status)
				return
			}
			for name, values := range answer.Header() {
				w.Header()[name] = values
			}
			w.WriteHeader(answer.Code)
			_, _ = w.Write(answer.Body.Bytes())
		})
	}
}

func expired(raw string, now time.Time) bool {
	claims := jwt.RegisteredClaims{}
	_, _, _ = jwt.NewParser().ParseUnverified(raw, &claims)
	return claims.ExpiresAt != nil && now.After(claims.ExpiresAt.Time)
}

// TestAnotherStatusIsARefusalOfWhatWasNeverValid, and of a dead token that has
// expired.
func TestAnotherStatusIsARefusalOfWhatWasNeverValid(t *testing.T) {
	for _, status := range []int{http.StatusBadRequest, http.StatusForbidden, http.StatusUnprocessableEntity} {
		target := sound{front: neverValid(status)}.inProcess(t)
		mustPass(t, target,
			"expiry/nbf-future-refused", "expiry/expired-refused", "expiry/odd-exp", "lifecycle/tampered-token-refused",
			"lifecycle/logout-expired-token-harmless", "retention/until-exp", "retention/near-expiry-logout",
			"forgery/alg-none", "forgery/tampered-claims", "forgery/wrong-audience", "forgery/forged-logout", "forgery/expired-logout")
	}
}

// TestAnUnreadRequestRefusesNothing: 429, or 431, is about the request.
func TestAnUnreadRequestRefusesNothing(t *testing.T) {
	for _, status := range []int{http.StatusRequestTimeout, http.StatusRequestEntityTooLarge, http.StatusTooManyRequests, http.StatusRequestHeaderFieldsTooLarge} {
		mustEnd(t, sound{front: neverValid(status)}.inProcess(t), "expiry/nbf-future-refused", report.Inconclusive, "")
	}
}

// TestAnUndeclaredStatusIsNamed with what to write into the target file.
func TestAnUndeclaredStatusIsNamed(t *testing.T) {
	forbidding := sound{front: func(next http.Handler, powers scenarios.Powers) http.Handler {
		return neverValid(0)(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.Header.Get("Authorization") != "" {
				w = instead{w, 401, 403}
			}
			next.ServeHTTP(w, r)
		}), powers)
	}}
	mustEnd(t, forbidding.inProcess(t), "lifecycle/logout-ends-token", report.Fail, "add 403 to refusal.statuses")
}

// instead writes one status for another.
type instead struct {
	http.ResponseWriter
	from, to int
}

func (w instead) WriteHeader(status int) {
	if status == w.from {
		status = w.to
	}
	w.ResponseWriter.WriteHeader(status)
}
