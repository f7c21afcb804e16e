package wire

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/revocheck/revocheck/scenarios/contract"
)

// LoginOf is a login by path that asks for a lifetime, 0 for none.
func LoginOf(c contract.Contract, u contract.User, life time.Duration) Request {
	l := c.Login
	fields := withFields(l, map[string]any{l.UserField: u.Name, l.PasswordField: u.Password})
	if life > 0 && l.LifetimeField != "" {
		fields[l.LifetimeField] = int64(math.Ceil(l.Bounded(life).Seconds()))
	}
	return loginWith(l, fields)
}

// BareLogin is a login by path that names nobody.
func BareLogin(l contract.Login) Request { return loginWith(l, withFields(l, map[string]any{})) }

// withFields adds the fields that every login has.
func withFields(l contract.Login, own map[string]any) map[string]any {
	for k, v := range l.Fields {
		own[k] = v
	}
	return own
}

// request is a login with these fields.
func loginWith(l contract.Login, fields map[string]any) Request {
	req := Request{Method: l.Method, Path: l.Path, Header: http.Header{}}
	for k, v := range l.Headers {
		req.Header.Set(k, v)
	}
	req.Body, req.ContentType = encodeFields(fields, l.Encoding)
	return req
}

func encodeFields(fields map[string]any, encoding string) (body, contentType string) {
	if encoding == "form" {
		v := url.Values{}
		for k, f := range fields {
			v.Set(k, fmt.Sprint(f))
		}
		return v.Encode(), "application/x-www-form-urlencoded"
	}
	b, err := json.Marshal(fields)
	if err != nil { // strings and integers always marshal
		panic(err)
	}
	return string(b), "application/json"
}

// TokenIn picks the token out of a login's answer, or says why there is none.
func TokenIn(c contract.Contract, a Answer) (raw, why string) {
	if a.Err != nil {
		return "", "no answer: " + Reason(a.Err)
	}
	if !c.Login.Grants(a.Status) {
		return "", fmt.Sprintf("%s %s answered %d", c.Login.Method, c.Login.Path, a.Status)
	}
	raw, at := find(c.Login, a)
	if raw == "" {
		return "", fmt.Sprintf("there is nothing at %s in the answer (%d, %s)", at, a.Status, kindOf(a))
	}
	return raw, ""
}

// find looks for the token where an answer has it, and says where that is.
func find(l contract.Login, a Answer) (raw, at string) {
	switch {
	case l.TokenCookie != "":
		if c := cookieIn(a.Header, l.TokenCookie); c != nil {
			raw = c.Value
		}
		return raw, "login.token_cookie " + l.TokenCookie
	case l.TokenHeader != "":
		return bareToken(a.Header.Get(l.TokenHeader)), "login.token_header " + l.TokenHeader
	}
	raw, _ = Pick(a.Body, l.Token)
	return raw, "login.token " + l.Token
}

// bareToken is a header's value without the scheme that it may begin with.
func bareToken(value string) string {
	if scheme, token, found := strings.Cut(value, " "); found && strings.EqualFold(scheme, "Bearer") {
		return token
	}
	return value
}

func kindOf(a Answer) string {
	kind, _, _ := strings.Cut(a.Header.Get("Content-Type"), ";")
	if json.Valid(a.Body) {
		return cmp.Or(kind, "JSON")
	}
	return cmp.Or(kind, "no content type") + ", not JSON"
}
