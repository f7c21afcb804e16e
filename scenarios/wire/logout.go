package wire

import (
	"net/http"

	"github.com/revocheck/revocheck/scenarios/contract"
)

// LogoutOf is a logout with a token; none if it is empty.
func LogoutOf(c contract.Contract, raw string) Request {
	l := c.Logout
	req := Request{Method: l.Method, Path: l.Path, Header: http.Header{}, Body: l.Body, ContentType: l.ContentType}
	for k, v := range l.Headers {
		req.Header.Set(k, v)
	}
	if raw == "" {
		return req
	}
	if c.Carrier.In != "header" || req.Header.Get(c.Carrier.Name) == "" { // else the credentials of a client stand there
		req.Carry(c.Carrier, raw)
	}
	if l.TokenField != "" {
		req.Body, req.ContentType = encodeFields(map[string]any{l.TokenField: raw}, l.Encoding)
	}
	return req
}

// Acknowledged reports whether an answer acknowledges a logout.
func Acknowledged(c contract.Contract, a Answer) bool {
	if a.Planned != Unjudged {
		return a.Planned == Accepted
	}
	return a.Err == nil && c.Logout.Acknowledges(a.Status)
}
