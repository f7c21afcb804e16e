package wire

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

var refusalShape = scenarios.Scenario{
	ID:          "wire/refusal-shape",
	Title:       "A refusal is one that clients understand",
	Level:       report.Should,
	Requirement: "A refusal with 401 should have a Bearer challenge, and a Retry-After should be a time that a client can wait.",
	Refs:        []string{"RFC 6750 section 3", "RFC 9110 section 11.6.1", "RFC 9110 section 10.2.3"},
	Fix:         `Answer 401 with WWW-Authenticate: Bearer error="invalid_token", and no Retry-After: a dead token does not come back.`,
	Run: func(p *scenarios.Play) {
		o := observe(p)
		if p.Planning() {
			return
		}
		for _, wrong := range []string{challenge(o.dead), retryAfter(o.dead)} {
			if wrong != "" {
				what, _, _ := strings.Cut("a refusal "+wrong, " (")
				p.FailAs(report.WrongShape, report.Where{report.OnlyScenario: what}, "the refusal (%d) %s", o.dead.Status, wrong)
			}
		}
		if n := len(o.dead.Body); n > 0 {
			p.Note("the refusal has %d bytes of %s", n, o.dead.Header.Get("Content-Type"))
		}
	},
}

// challenge says what is wrong with the challenge of a 401; "" if nothing.
func challenge(a scenarios.Answer) string {
	if a.Status != http.StatusUnauthorized {
		return ""
	}
	values := a.Header.Values("WWW-Authenticate")
	for _, v := range values {
		if scheme, _, _ := strings.Cut(v, " "); strings.EqualFold(scheme, "Bearer") {
			return ""
		}
	}
	if len(values) == 0 {
		return "has no WWW-Authenticate header"
	}
	return "has no Bearer challenge in WWW-Authenticate"
}

// longestRetry is more than any window of a rate limit.
const longestRetry = 24 * time.Hour

// retryAfter says what is wrong with Retry-After; "" if it is not there.
func retryAfter(a scenarios.Answer) string {
	value := a.Header.Get("Retry-After")
	if value == "" {
		return ""
	}
	wait, err := waitOf(value, a.Received)
	switch {
	case err != nil:
		return "has a Retry-After that is neither seconds nor a date"
	case wait < 0 || wait > longestRetry:
		return fmt.Sprintf("has a Retry-After of more than a day (%s)", wait)
	}
	return ""
}

func waitOf(value string, now time.Time) (time.Duration, error) {
	if seconds, err := strconv.ParseUint(value, 10, 32); err == nil {
		return time.Duration(seconds) * time.Second, nil
	}
	at, err := http.ParseTime(value)
	return max(at.Sub(now), 0), err
}
