package wire

import (
	"net/http"

	"github.com/revocheck/revocheck/scenarios/contract"
)

// LogoutOf is a logout of a session; of nobody's if it has no token.
func LogoutOf(c contract.Contract, s Session) Request {
	l := c.Logout
	req := Request{Method: l.Method, Path: l.Path, Base: contract.BaseOf(l.URL), Elsewhere: l.URL != "", Header: http.Header{}}
	for k, v := range l.Headers {
		req.Header.Set(k, v)
	}
	fields := s.valuesOf(c, l.Fields)
	showClient(c, s.User, l.ClientAuth, req.Header, fields)
	if s.Raw != "" {
		if l.Carrier != contract.NoCarrier {
			req.carryBeside(c.Carrier, s.Raw)
		}
		if l.TokenField != "" {
			fields[l.TokenField] = s.Raw
		}
		s.sendCookie(&req)
	}
	req.Body, req.ContentType = withBody(l.Body, l.ContentType, fields, l.Encoding)
	return req
}

// carryBeside puts a token where the carrier has it, unless the credentials of a
// client stand there.
func (r *Request) carryBeside(c contract.Carrier, raw string) {
	if c.In != "header" || r.Header.Get(c.Name) == "" {
		r.Carry(c, raw)
	}
}

// ActionOf is a request that does something to the sessions of a user, one of which
// is s.
func ActionOf(c contract.Contract, a contract.Action, s Session) Request {
	req := Request{Method: a.Method, Path: a.Path, Base: contract.BaseOf(a.URL), Elsewhere: a.URL != "", Header: http.Header{}}
	for k, v := range a.Headers {
		req.Header.Set(k, v)
	}
	if s.Raw != "" && a.Carrier != contract.NoCarrier {
		req.carryBeside(c.Carrier, s.Raw)
	}
	req.Body, req.ContentType = withBody(a.Body, a.ContentType, s.valuesOf(c, a.Fields), a.Encoding)
	return req
}

// Acknowledged reports whether an answer acknowledges a logout.
func Acknowledged(c contract.Contract, a Answer) bool {
	if a.Planned != Unjudged {
		return a.Planned == Accepted
	}
	return a.Err == nil && c.Logout.Acknowledges(a.Status)
}
