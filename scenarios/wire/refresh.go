package wire

import (
	"fmt"
	"net/http"
	"slices"

	"github.com/revocheck/revocheck/scenarios/contract"
)

// RefreshOf asks for a new token of a session.
func RefreshOf(c contract.Contract, s Session) Request {
	r := c.Refresh
	req := Request{Method: r.Method, Path: r.Path, Base: contract.BaseOf(r.URL), Elsewhere: r.URL != "", Header: http.Header{}}
	fields := s.valuesOf(c, r.Fields)
	for k, v := range r.Headers {
		req.Header.Set(k, v)
	}
	showClient(c, s.User, r.ClientAuth, req.Header, fields)
	switch {
	case r.Cookie != "" && s.Refresh != "":
		req.Cookies = append(req.Cookies, &http.Cookie{Name: r.Cookie, Value: s.Refresh})
	case r.HasToken() && s.Refresh != "":
		fields[r.TokenField] = s.Refresh
	}
	if r.AccessField != "" && s.Raw != "" {
		fields[r.AccessField] = s.Raw
	}
	if s.Raw != "" && r.SendsAccess() {
		req.carryBeside(c.Carrier, s.Raw)
	}
	req.Body, req.ContentType = withBody("", "", fields, r.Encoding)
	return req
}

// Renewed is the session that a refresh's answer gives, or why it gives none.
func Renewed(c contract.Contract, s Session, a Answer) (next Session, why string) {
	r := c.Refresh
	switch {
	case a.Err != nil:
		return s, "no answer: " + Reason(a.Err)
	case !contract.Success(a.Status):
		return s, fmt.Sprintf("%s %s answered %d", r.Method, r.Path, a.Status)
	}
	raw, at := find(c.Login, a)
	if r.Token != "" {
		raw, _ = Pick(a.Body, r.Token)
		at = "refresh.token " + r.Token
	}
	if raw == "" {
		return s, fmt.Sprintf("there is nothing at %s in the answer (%d, %s)", at, a.Status, kindOf(a))
	}
	next = s
	next.Raw = raw
	next.keepRefresh(*r, r.RefreshToken, a)
	return next, ""
}

// RefreshOutcome says what the answer to a refresh means: Accepted, if it has a
// token, Refused, if the target gave none and meant it, or that it says nothing.
func RefreshOutcome(c contract.Contract, s Session, a Answer) Outcome {
	if a.Planned != Unjudged {
		return a.Planned
	}
	_, why := Renewed(c, s, a)
	switch {
	case why == "":
		return Accepted
	case a.Err != nil:
		return NoAnswer
	case a.Unsubscribed():
		return Unsubscribed
	case a.Throttled() || slices.Contains(unread, a.Status):
		return Throttled
	case a.Status >= 500:
		return ServerError
	}
	return Refused
}

// unread are the statuses of a request that the target did not read.
var unread = []int{
	http.StatusRequestTimeout, http.StatusRequestEntityTooLarge, http.StatusRequestURITooLong,
	http.StatusTooManyRequests, http.StatusRequestHeaderFieldsTooLarge,
}
