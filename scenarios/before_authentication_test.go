package scenarios_test

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/golang-jwt/jwt/v5"

	"github.com/revocheck/revocheck/reference"
	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
	"github.com/revocheck/revocheck/scenarios/catalogue"
	"github.com/revocheck/revocheck/scenarios/target/handler"
	inprocess "github.com/revocheck/revocheck/scenarios/target/reference"
)

const (
	noKey    = `{ "statusCode": 401, "message": "Access denied due to missing subscription key. Make sure to include subscription key when making requests to an API." }`
	wrongKey = `{ "statusCode": 401, "message": "Access denied due to invalid subscription key. Make sure to provide a valid key for an active subscription." }`
	limit    = `{ "statusCode": 429, "message": "Rate limit is exceeded. Try again in 57 seconds." }`
	quota    = `{ "statusCode": 403, "message": "Out of call volume quota. Quota will be replenished in 00:08:24." }`
)

// moment says whether a request is to be turned away. It is told how many
// logouts were acknowledged, and how many logins worked after the first.
type moment func(r *http.Request, logouts, after int64) bool

// turning is the reference gateway behind one that answers for itself at some
// moments.
func turning(t *testing.T, when moment, status int, body string, refusals ...int) *handler.Target {
	t.Helper()
	made, err := inprocess.New(reference.Config{Strategy: "denylist", Store: "memory"}, 1)
	if err != nil {
		t.Fatal(err)
	}
	target, start := &made.Target, made.Start
	target.Declares.Refusal.Statuses = append(scenarios.Statuses{401}, refusals...)
	target.Start = func() (handler.Gateway, error) {
		var logouts, after atomic.Int64
		g, err := start()
		next := g.Replicas[0]
		g.Replicas[0] = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if when(r, logouts.Load(), after.Load()) {
				w.Header().Set("Content-Type", "application/json")
				w.WriteHeader(status)
				_, _ = io.WriteString(w, body)
				return
			}
			next.ServeHTTP(w, r)
			switch {
			case r.URL.Path == "/logout":
				logouts.Add(1)
			case r.URL.Path == "/login" && logouts.Load() > 0:
				after.Add(1)
			}
		})
		return g, err
	}
	return target
}

func playOne(t *testing.T, target scenarios.Target, id string) (report.Record, error) {
	t.Helper()
	all, err := catalogue.All()
	if err != nil {
		t.Fatal(err)
	}
	run, err := scenarios.Run(t.Context(), target, all, scenarios.Options{Only: []string{id}})
	if err != nil {
		return report.Record{}, err
	}
	return run.Records[0], nil
}

// TestWhatIsNotARefusalOfTheToken has an answer of the gateway for itself a
// line, the moment when it comes, and the verdict.
func TestWhatIsNotARefusalOfTheToken(t *testing.T) {
	deadToken := func(r *http.Request, logouts, after int64) bool {
		return logouts > 0 && after == 0 && strings.HasPrefix(r.URL.Path, "/api")
	}
	liveControl := func(r *http.Request, _, after int64) bool { return after > 0 && strings.HasPrefix(r.URL.Path, "/api") }
	// onlyNew turns away the tokens that are known, and no made-up one.
	onlyNew := func(r *http.Request, _, after int64) bool {
		return after == 1 && strings.HasPrefix(r.URL.Path, "/api") && sane(r)
	}
	login := func(r *http.Request, logouts, _ int64) bool { return logouts > 0 && r.URL.Path == "/login" }
	logout := func(r *http.Request, _, _ int64) bool { return r.URL.Path == "/logout" }
	for _, c := range []struct {
		name     string
		when     moment
		status   int
		body     string
		declared []int
		verdict  report.Verdict
		says     string
	}{
		{"key, dead token", deadToken, 401, noKey, nil, report.Inconclusive, "turned away for the subscription key, not for the token (401)"},
		{"key, live control", liveControl, 401, wrongKey, nil, report.Inconclusive, "Ocp-Apim-Subscription-Key has to be"},
		{"key, login", login, 401, noKey, nil, report.Inconclusive, "turned away for the subscription key"},
		{"key, logout", logout, 401, noKey, nil, report.Inconclusive, "turned away for the subscription key"},
		{"limit, dead token", deadToken, 429, limit, nil, report.Inconclusive, "if tokens are refused with this status, declare it in refusal.statuses"},
		{"limit, live control", liveControl, 429, limit, nil, report.Inconclusive, "lower limits.rate"},
		{"quota, dead token", deadToken, 403, quota, nil, report.Inconclusive, "throttled (403)"},
		{"quota, live control", liveControl, 403, quota, nil, report.Inconclusive, "throttled (403)"},
		{"quota, login", login, 403, quota, nil, report.Inconclusive, "answered 403"},
		{"quota, logout", logout, 403, quota, nil, report.Inconclusive, "not acknowledged: 403"},
		{"declared limit, everybody", liveControl, 429, limit, []int{429}, report.Inconclusive, "and so is a token that was never issued"},
		{"declared quota, everybody", liveControl, 403, quota, []int{403}, report.Inconclusive, "and so is a token that was never issued"},
		{"declared limit, live tokens alone", onlyNew, 429, limit, []int{429}, report.Fail, "a live token was refused (over-block)"},
		{"another 403", liveControl, 403, `{"message":"Forbidden"}`, nil, report.Fail, "neither a live token's nor a declared refusal"},
		{"another 401", liveControl, 401, `{"message":"Invalid JWT."}`, nil, report.Fail, "over-block"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r, err := playOne(t, turning(t, c.when, c.status, c.body, c.declared...), "replay/after-logout")
			if err != nil {
				t.Fatal(err)
			}
			if r.Verdict != c.verdict || !strings.Contains(r.Why, c.says) {
				t.Errorf("%s: %s\nwant %s: ...%s...", r.Verdict, r.Why, c.verdict, c.says)
			}
		})
	}
}

// sane reports whether the gateway issued the token of a request: those that
// the suite makes up have no time of issue.
func sane(r *http.Request) bool {
	claims := jwt.MapClaims{}
	_, _, err := jwt.NewParser().ParseUnverified(strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer "), claims)
	return err == nil && claims["iat"] != nil
}

// TestPreflightFindsWhatKeepsTheSuiteOut before any scenario is played.
func TestPreflightFindsWhatKeepsTheSuiteOut(t *testing.T) {
	always := func(*http.Request, int64, int64) bool { return true }
	login := func(r *http.Request, _, _ int64) bool { return r.URL.Path == "/login" }
	for _, c := range []struct {
		when        moment
		status      int
		body, says  string
		unreachable bool
	}{
		{always, 401, noKey, "no key was found in the request; look at headers: Ocp-Apim-Subscription-Key", false},
		{always, 401, wrongKey, "the key that was sent is not valid there; look at headers", false},
		{login, 401, noKey, "the login turns the suite away for the subscription key", false},
		{always, 429, limit, "before any scenario: the suite itself is throttled", true},
		{login, 403, quota, "the login turns calls away for their number (403)", true},
	} {
		_, err := playOne(t, turning(t, c.when, c.status, c.body), "replay/after-logout")
		var p *scenarios.PreflightError
		if !errors.As(err, &p) || p.Unreachable != c.unreachable || !strings.Contains(fmt.Sprint(err), c.says) {
			t.Errorf("%d: %v\nwant ...%s...", c.status, err, c.says)
		}
	}
}

// TestALimitThatWasReachedBeforeTheScenario is waited for, once, if the gateway
// says for how long: what a scenario left behind is no finding of the next.
func TestALimitThatWasReachedBeforeTheScenario(t *testing.T) {
	for _, c := range []struct {
		name       string
		times      int64 // logins that are refused, after those of the preflight
		retryAfter string
		verdict    report.Verdict
	}{
		{"passes", 1, "57", report.Pass},
		{"does not pass", 2, "57", report.Inconclusive},
		{"unsaid", 1, "", report.Inconclusive},
		{"too long", 1, "3600", report.Inconclusive},
	} {
		t.Run(c.name, func(t *testing.T) {
			target := turning(t, func(*http.Request, int64, int64) bool { return false }, 0, "", 429)
			start, before := target.Start, int64(len(target.Declares.Users)+1) // the logout of the preflight has a login too
			var logins atomic.Int64
			target.Start = func() (handler.Gateway, error) {
				g, err := start()
				next := g.Replicas[0]
				g.Replicas[0] = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					if n := logins.Add(1) - before; r.URL.Path == "/login" && n > 0 && n <= c.times {
						w.Header().Set("Retry-After", c.retryAfter)
						w.WriteHeader(429)
						_, _ = io.WriteString(w, limit)
						return
					} else if r.URL.Path != "/login" {
						logins.Add(-1)
					}
					next.ServeHTTP(w, r)
				})
				return g, err
			}
			r, err := playOne(t, target, "replay/after-logout")
			if err != nil || r.Verdict != c.verdict {
				t.Errorf("%s, %s, %v; want %s", r.Verdict, r.Why, err, c.verdict)
			}
		})
	}
}

// TestAKeyThatFailsOneRequestIsNoRefusal: a scenario that judges by itself is
// stopped as well.
func TestAKeyThatFailsOneRequestIsNoRefusal(t *testing.T) {
	lower := func(r *http.Request, _, _ int64) bool {
		return strings.HasPrefix(r.Header.Get("Authorization"), "bearer ")
	}
	r, err := playOne(t, turning(t, lower, 401, noKey), "respelling/scheme-case")
	if err != nil || r.Verdict != report.Inconclusive || !strings.Contains(r.Why, "turned away for the subscription key") {
		t.Errorf("%s, %s, %v", r.Verdict, r.Why, err)
	}
}
