package scenarios_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/revocheck/revocheck/reference"
	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

// undated has a clock of its own, and no answer that tells it.
func undated(ahead time.Duration) sound {
	return sound{config: reference.Config{Clock: shifted{ahead}}, front: func(next http.Handler, _ scenarios.Powers) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header()["Date"] = nil
			next.ServeHTTP(w, r)
		})
	}}
}

type shifted struct{ by time.Duration }

func (s shifted) Now() time.Time { return time.Now().Add(s.by) }

// TestClocksThatNoDateCompares are taken to be apart as far as iat is from the
// login, in either direction.
func TestClocksThatNoDateCompares(t *testing.T) {
	for _, ahead := range []time.Duration{-1700 * time.Millisecond, 1700 * time.Millisecond, -3 * time.Second} {
		t.Run(ahead.String(), func(t *testing.T) {
			t.Parallel()
			target := undated(ahead).served(t, "logout: {path: /logout}\n")
			for id, r := range together(t, target, 20*time.Second, "expiry/expired-refused", "expiry/accepted-until-exp") {
				if r.Verdict != report.Pass {
					t.Errorf("%s: %s: %s", id, r.Verdict, r.Why)
				}
			}
		})
	}
}

// TestNothingComparesTheClocks but what a lifetime that was asked for has made
// of exp.
func TestNothingComparesTheClocks(t *testing.T) {
	t.Parallel()
	s := undated(2 * time.Second)
	s.config.Claims = map[string]any{"iat": nil}
	target := s.served(t, "logout: {path: /logout}\n")
	for id, r := range together(t, target, 30*time.Second, "expiry/*", "retention/near-expiry-logout", "lifecycle/logout-expired-token-harmless") {
		if r.Verdict != report.Pass && r.Undeclared == "" {
			t.Errorf("%s: %s: %s", id, r.Verdict, r.Why)
		}
	}
}

// timed is a gateway whose answers tell the time by a clock of its own.
func timed(ahead time.Duration, config reference.Config) sound {
	config.Clock = shifted{ahead}
	return sound{config: config, front: func(next http.Handler, _ scenarios.Powers) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Date", config.Clock.Now().UTC().Format(http.TimeFormat))
			next.ServeHTTP(w, r)
		})
	}}
}

// TestClocksThatDifferByLessThanASecond count where a gateway counts whole
// seconds and refuses from the first after exp on, as with a leeway of one.
func TestClocksThatDifferByLessThanASecond(t *testing.T) {
	t.Parallel()
	target := timed(-700*time.Millisecond, reference.Config{Leeway: time.Second}).served(t, "logout: {path: /logout}\n")
	for id, r := range together(t, target, 30*time.Second, "expiry/*", "retention/near-expiry-logout", "lifecycle/logout-expired-token-harmless") {
		if r.Verdict != report.Pass && r.Undeclared == "" {
			t.Errorf("%s: %s: %s", id, r.Verdict, r.Why)
		}
	}
}

// TestLeaksNextToExpAreFoundOverTCP, where the clock is measured. A machine that
// is late misses what lasts a second, so that it may take more than one play.
func TestLeaksNextToExpAreFoundOverTCP(t *testing.T) {
	for id, config := range map[string]reference.Config{
		"expiry/expired-refused": {Leeway: 2 * time.Second},
		"retention/until-exp":    {Fault: "ttl-rounds-down"},
	} {
		t.Run(id, func(t *testing.T) {
			t.Parallel()
			target := timed(-700*time.Millisecond, config).served(t, "logout: {path: /logout}\n")
			r, err := playOne(t, target, id)
			for range 2 {
				if err == nil && r.Verdict != report.Fail {
					r, err = playOne(t, target, id)
				}
			}
			if err != nil || r.Verdict != report.Fail {
				t.Errorf("%v: %s: %s", err, r.Verdict, r.Why)
			}
		})
	}
}
