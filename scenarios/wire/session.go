package wire

import (
	"encoding/json"
	"maps"
	"net/http"
	"net/url"
	"strings"

	"github.com/revocheck/revocheck/scenarios/contract"
)

// Session is what a login gave: a token, and what else of its answer ends or
// refreshes it. Without a Raw it is nobody's.
type Session struct {
	Raw  string // the access token
	User contract.User
	// Refresh is the refresh token in force; "" if there is none.
	Refresh string
	body    []byte       // the login's answer
	cookie  *http.Cookie // that has the refresh token
}

// SessionIn is what a login's answer gives beside the token raw.
func SessionIn(c contract.Contract, u contract.User, raw string, a Answer) Session {
	s := Session{Raw: raw, User: u}
	if c.NamesLogin() || c.RevokeAll != nil {
		s.body = a.Body
	}
	if c.Refresh != nil {
		s.keepRefresh(*c.Refresh, c.Refresh.AtLogin, a)
	}
	return s
}

// keepRefresh takes the refresh token of an answer, if it has one.
func (s *Session) keepRefresh(r contract.Refresh, path string, a Answer) {
	if !r.HasToken() {
		return
	}
	if r.Cookie != "" {
		if given := cookieIn(a.Header, r.Cookie); given != nil {
			s.cookie, s.Refresh = given, given.Value
		}
		return
	}
	if next, ok := Pick(a.Body, path); ok {
		s.Refresh = next
	}
}

// value is what a field has for the session; false if the login's answer has
// nothing there.
func (s Session) value(c contract.Contract, v string) (string, bool) {
	switch {
	case !contract.OfLogin(v):
		return v, true
	case s.Raw == "":
		return "", false
	case c.Refresh != nil && v == c.Refresh.AtLogin:
		return s.Refresh, s.Refresh != ""
	case v == c.Login.Token && c.Login.TokenCookie+c.Login.TokenHeader == "":
		return s.Raw, true
	}
	return Pick(s.body, v)
}

// valuesOf are fields with what they have for the session. One for which the
// login's answer has nothing is left out.
func (s Session) valuesOf(c contract.Contract, fields map[string]string) map[string]any {
	values := map[string]any{}
	for name, v := range fields {
		if value, ok := s.value(c, v); ok {
			values[name] = value
		}
	}
	return values
}

// sendCookie adds the cookie of the refresh token where a browser would send it
// (RFC 6265 section 5.1.4).
func (s Session) sendCookie(req *Request) {
	if s.cookie == nil || req.Base != "" {
		return
	}
	path, _, _ := strings.Cut(req.Path, "?")
	within := strings.TrimSuffix(s.cookie.Path, "/")
	if within == "" || path == within || strings.HasPrefix(path, within+"/") {
		req.Cookies = append(req.Cookies, &http.Cookie{Name: s.cookie.Name, Value: s.cookie.Value})
	}
}

// cookieIn is a cookie that an answer sets; the last one counts, as it does in a
// browser. One that is deleted is none.
func cookieIn(h http.Header, name string) (found *http.Cookie) {
	for _, c := range (&http.Response{Header: h}).Cookies() {
		if c.Name == name {
			found = c
		}
	}
	if found != nil && (found.MaxAge < 0 || found.Value == "") {
		return nil
	}
	return found
}

// showClient adds the credentials of the client that a user's tokens were issued
// to (RFC 6749 section 2.3.1).
func showClient(c contract.Contract, u contract.User, auth string, h http.Header, fields map[string]any) {
	id, secret := c.ClientOf(u)
	switch auth {
	case "basic":
		r := http.Request{Header: h}
		r.SetBasicAuth(url.QueryEscape(id), url.QueryEscape(secret))
	case "body":
		fields["client_id"] = id
		if secret != "" {
			fields["client_secret"] = secret
		}
	}
}

// withBody is a body to which fields are added.
func withBody(body, contentType string, fields map[string]any, encoding string) (string, string) {
	if len(fields) == 0 {
		return body, contentType
	}
	if encoding == "json" {
		whole := map[string]any{}
		_ = json.Unmarshal([]byte(body), &whole) // whoever checks the contract has seen that it is an object
		maps.Copy(whole, fields)
		fields, body = whole, ""
	}
	encoded, kind := encodeFields(fields, encoding)
	if body != "" {
		encoded = body + "&" + encoded
	}
	if contentType != "" {
		kind = contentType
	}
	return encoded, kind
}
