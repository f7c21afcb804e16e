package wire

import (
	"encoding/json"

	"github.com/ohler55/ojg/jp"
	"github.com/ohler55/ojg/oj"
	"github.com/revocheck/revocheck/scenarios/contract"
)

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

// Silent reports whether the outcome says nothing about revocation.
func (o Outcome) Silent() bool {
	return o == Unavailable || o == ServerError || o == NoAnswer || o.BeforeAuthentication()
}

// BeforeAuthentication reports whether the target turned the suite away, whatever the
// token: that is never a refusal of the token.
func (o Outcome) BeforeAuthentication() bool { return o == Throttled || o == Unsubscribed }

// Hint says what to do about an answer that is about the suite.
// Where a refusal was wanted it may be one that is not declared.
func (o Outcome) Hint(wantsRefusal bool) string {
	switch {
	case o == Throttled && wantsRefusal:
		return "; " + declareHint + ThrottledHint
	case o == Throttled:
		return "; " + ThrottledHint
	case o == Unsubscribed:
		return "; " + KeyHint
	}
	return ""
}

// Judge says what the answer to a call of route means, for a token of user.
func Judge(c contract.Contract, r contract.Route, user *contract.User, a Answer) Outcome {
	switch {
	case a.Planned != Unjudged:
		return a.Planned
	case a.HungUp:
		return Other
	case a.Err != nil:
		return NoAnswer
	case a.Unsubscribed():
		return Unsubscribed
	case c.Refuses(a.Status):
		return Refused
	case c.Outage.Has(a.Status):
		return Unavailable
	case r.Accepts(a.Status):
		return judgeIdentity(r, user, a)
	case a.Throttled():
		return Throttled
	case a.Status >= 500:
		return ServerError
	}
	return Other
}

func judgeIdentity(r contract.Route, user *contract.User, a Answer) Outcome {
	if r.Identity == "" || user == nil {
		return Accepted
	}
	switch who, ok := Pick(a.Body, r.Identity); {
	case !ok:
		return Other
	case who != user.Identity:
		return SomebodyElse
	}
	return Accepted
}

// Pick reads the value at a JSON path as text.
func Pick(body []byte, path string) (string, bool) {
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
