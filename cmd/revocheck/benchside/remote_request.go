package benchside

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/ohler55/ojg/jp"
	"github.com/ohler55/ojg/oj"

	"github.com/revocheck/revocheck/scenarios"
)

// logIn gets a token for a user.
func (r *Remote) logIn(ctx context.Context, over http.RoundTripper, u scenarios.User) (string, error) {
	l := r.contract.Login
	body, kind := loginBody(l, u)
	req, err := r.build(ctx, or(l.Method, http.MethodPost), l.Path, nil, body, kind, 0)
	if err != nil {
		return "", err
	}
	setAll(req.Header, l.Headers)
	status, answer, err := exchange(over, req)
	if err != nil {
		return "", err
	}
	if !has(l.Status, status, isSuccess) {
		return "", fmt.Errorf("a login before the run was answered %d", status)
	}
	return tokenAt(answer, or(l.Token, "$.access_token"))
}

func loginBody(l scenarios.Login, u scenarios.User) (body, kind string) {
	fields := map[string]string{or(l.UserField, "user"): u.Name, or(l.PasswordField, "password"): u.Password}
	for k, v := range l.Fields {
		fields[k] = v
	}
	if l.Encoding == "form" {
		form := url.Values{}
		for k, v := range fields {
			form.Set(k, v)
		}
		return form.Encode(), "application/x-www-form-urlencoded"
	}
	b, _ := json.Marshal(fields) // strings always marshal
	return string(b), "application/json"
}

// tokenAt picks the token out of a login's answer.
func tokenAt(answer []byte, path string) (string, error) {
	at, err := jp.ParseString(path)
	if err != nil {
		return "", fmt.Errorf("login.token %q is not a JSON path", path)
	}
	doc, err := oj.Parse(answer)
	if err != nil {
		return "", fmt.Errorf("the answer to a login is not JSON")
	}
	raw, ok := at.First(doc).(string)
	if !ok || raw == "" {
		return "", fmt.Errorf("there is nothing at login.token %s in the answer to a login", path)
	}
	return raw, nil
}

func (r *Remote) logoutRequest(ctx context.Context, raw string) (*http.Request, error) {
	l := r.contract.Logout
	body, kind := l.Body, l.ContentType
	if l.TokenField != "" {
		body, kind = url.Values{l.TokenField: {raw}}.Encode(), "application/x-www-form-urlencoded"
	}
	req, err := r.build(ctx, or(l.Method, http.MethodPost), l.Path, &raw, body, kind, 0)
	if err == nil {
		setAll(req.Header, l.Headers)
	}
	return req, err
}

// request builds a call of a route; an empty token means none.
func (r *Remote) request(ctx context.Context, route scenarios.Route, raw string, n uint64) (*http.Request, error) {
	carried := &raw
	if raw == "" {
		carried = nil
	}
	req, err := r.build(ctx, or(route.Method, http.MethodGet), route.Path, carried, route.Body, route.ContentType, n)
	if err == nil {
		setAll(req.Header, route.Headers)
	}
	return req, err
}

// build makes a request to one of the replicas, by its number.
func (r *Remote) build(ctx context.Context, method, path string, raw *string, body, kind string, n uint64) (*http.Request, error) {
	base := strings.TrimSuffix(r.endpoints[n%uint64(len(r.endpoints))], "/")
	carried := scenarios.Request{}
	if raw != nil {
		carried.Carry(r.contract.Carrier, *raw)
	}
	if len(carried.Query) > 0 {
		path += sep(path) + carried.Query.Encode()
	}
	req, err := http.NewRequestWithContext(ctx, method, base+path, strings.NewReader(body))
	if err != nil {
		return nil, err
	}
	setAll(req.Header, r.contract.Headers)
	for k, vs := range carried.Header {
		req.Header[http.CanonicalHeaderKey(k)] = vs
	}
	for _, c := range carried.Cookies {
		req.Header.Add("Cookie", c.Name+"="+c.Value)
	}
	if kind != "" {
		req.Header.Set("Content-Type", kind)
	}
	return req, nil
}

func sep(path string) string {
	if strings.Contains(path, "?") {
		return "&"
	}
	return "?"
}

func setAll(h http.Header, values map[string]string) {
	for k, v := range values {
		h.Set(k, v)
	}
}

func or(value, otherwise string) string {
	if value == "" {
		return otherwise
	}
	return value
}

// newTransport is the target's transport, with room for as many connections
// as a bench keeps.
func newTransport(of func() *http.Transport) http.RoundTripper {
	var t *http.Transport
	if of != nil {
		t = of()
	}
	if t == nil {
		t = http.DefaultTransport.(*http.Transport).Clone()
	}
	t.MaxIdleConnsPerHost, t.MaxIdleConns, t.DisableCompression = 256, 0, true
	return t
}
