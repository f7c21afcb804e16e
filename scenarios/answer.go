package scenarios

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"github.com/ohler55/ojg/jp"
	"github.com/ohler55/ojg/oj"
)

// Answer is what came back for a request.
type Answer struct {
	Status   int
	Header   http.Header
	Body     []byte
	Proto    string
	Err      error // no answer came
	Sent     time.Time
	Received time.Time
	hungUp   bool // instead of an answer, as some firewalls do
	// planned is set in a dry run, where answers are what the scenario wants.
	planned Outcome
}

// down reports whether the answer, or that there is none, is about a target that
// is away or broken, and not about what was sent.
func (a Answer) down() bool { return a.Err != nil || a.Status >= 500 }

// Outcome is what an answer says of the token that was sent.
type Outcome int

// The outcomes. The zero value is an answer that has not been judged.
const (
	Unjudged     Outcome = iota
	Accepted             // what a live token gets
	Refused              // a declared refusal
	Unavailable          // a declared outage of the store
	SomebodyElse         // accepted, for another identity
	Throttled            // 429, or a quota's 403, that is no declared refusal
	ServerError          // 5xx that is nothing declared
	NoAnswer             // time-out, reset, refused connection
	Other                // anything else, such as 404 or a redirect
	Unsubscribed         // about the subscription key: the token was not looked at
)

var outcomeNames = []string{"unjudged", "accepted", "refused", "unavailable", "accepted for somebody else",
	"throttled", "server error", "no answer", "neither accepted nor refused", "turned away for the subscription key, not for the token"}

func (o Outcome) String() string { return outcomeNames[o] }

// silent reports whether the outcome says nothing about revocation.
func (o Outcome) silent() bool {
	return o == Unavailable || o == ServerError || o == NoAnswer || o.gatekeeping()
}

// gatekeeping reports whether the target turned the suite away, whatever the
// token: that is never a refusal of the token.
func (o Outcome) gatekeeping() bool { return o == Throttled || o == Unsubscribed }

// hint says what to do about an answer that is about the suite.
// Where a refusal was wanted it may be one that is not declared.
func (o Outcome) hint(wantsRefusal bool) string {
	switch {
	case o == Throttled && wantsRefusal:
		return "; " + declareHint + throttledHint
	case o == Throttled:
		return "; " + throttledHint
	case o == Unsubscribed:
		return "; " + keyHint
	}
	return ""
}

// text says what came, with its status.
func (a Answer) text(o Outcome) string {
	switch {
	case a.hungUp:
		return "the connection was ended without an answer"
	case a.Err != nil:
		return "no answer: " + reason(a.Err)
	}
	return fmt.Sprintf("%s (%d)", o, a.Status)
}

// reason is the cause of a failed request without the URL, which may carry a
// token.
func reason(err error) string {
	var dns *net.DNSError
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return "timed out"
	case errors.As(err, &dns):
		return "unknown host " + dns.Name
	}
	for inner := errors.Unwrap(err); inner != nil; inner = errors.Unwrap(err) {
		err = inner
	}
	return err.Error()
}

// judge says what the answer to a call of route means, for a token of user.
func (c Contract) judge(r Route, user *User, a Answer) Outcome {
	switch {
	case a.planned != Unjudged:
		return a.planned
	case a.hungUp:
		return Other
	case a.Err != nil:
		return NoAnswer
	case unsubscribed(a):
		return Unsubscribed
	case c.Refusal.Statuses.has(a.Status):
		return Refused
	case c.Outage.has(a.Status):
		return Unavailable
	case r.Accepts(a.Status):
		return judgeIdentity(r, user, a)
	case throttled(a):
		return Throttled
	case a.Status >= 500:
		return ServerError
	}
	return Other
}

func judgeIdentity(r Route, user *User, a Answer) Outcome {
	if r.Identity == "" || user == nil {
		return Accepted
	}
	switch who, ok := pick(a.Body, r.Identity); {
	case !ok:
		return Other
	case who != user.identity():
		return SomebodyElse
	}
	return Accepted
}

// pick reads the value at a JSON path as text.
func pick(body []byte, path string) (string, bool) {
	x, err := jp.ParseString(path)
	if err != nil {
		return "", false
	}
	doc, err := oj.Parse(body)
	if err != nil {
		return "", false
	}
	switch v := x.First(doc).(type) {
	case nil:
		return "", false
	case string:
		return v, v != ""
	default:
		b, err := json.Marshal(v)
		return string(b), err == nil
	}
}
