package lifecycle_test

import (
	"strings"
	"testing"

	"github.com/revocheck/revocheck/reference"
	"github.com/revocheck/revocheck/scenarios/catalogue/internal/prove"
	"github.com/revocheck/revocheck/scenarios/catalogue/lifecycle"
)

func TestInFlightCallsAreCounted(t *testing.T) {
	prove.Measures(t, lifecycle.Scenarios(), "lifecycle/in-flight-call-at-logout", "in-flight calls accepted")
}

// TestTheReportNamesWhatRevivedAToken has each fault blamed on what it is.
func TestTheReportNamesWhatRevivedAToken(t *testing.T) {
	for fault, cause := range map[string]string{
		"bad-signature-revives": "T after a call with its claims and a bad signature", "options-revives": "T after a call of it by OPTIONS",
		"breaker-opens-on-bad-tokens": "T after many calls with a malformed token", "failed-login-revives": "T after a login with a wrong password",
		"login-of-another-revives": "T after a login of another user that carries it", "open-route-revives": "T after 3.5s and a further visit",
	} {
		r := prove.Record(t, lifecycle.Scenarios(), reference.Config{Fault: fault}, "lifecycle/nothing-revives-it")
		if !strings.HasPrefix(r.Why, cause+"#") {
			t.Errorf("%s: %s", fault, r.Why)
		}
	}
}

func TestTheReportNamesTheLogoutThatWasNotDone(t *testing.T) {
	for fault, way := range map[string]string{
		"logout-from-elsewhere-lost": "another Origin", "logout-by-fetch-lost": "the Origin of the gateway", "logout-for-page-lost": "Accept: text/html",
		"logout-with-body-lost": "an empty JSON object", "logout-with-query-lost": "a query",
	} {
		r := prove.Record(t, lifecycle.Scenarios(), reference.Config{Fault: fault}, "lifecycle/logout-as-browsers-send-it")
		if !strings.HasPrefix(r.Why, "T logged out with "+way+"#") {
			t.Errorf("%s: %s", fault, r.Why)
		}
	}
}
