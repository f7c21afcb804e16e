package wire

import (
	"net/http"
	"net/url"

	"github.com/revocheck/revocheck/scenarios/contract"
)

// IntrospectionOf asks what has become of a token (RFC 7662 section 2.1). The
// contract has an introspection.
func IntrospectionOf(c contract.Contract, raw string) Request {
	i := *c.Introspect
	req := Request{Method: i.Method, Header: http.Header{"Accept": {"application/json"}}}
	req.Base, req.Path = i.At()
	for k, v := range i.Headers {
		req.Header.Set(k, v)
	}
	fields := map[string]any{i.TokenField: raw}
	for k, v := range i.Fields {
		fields[k] = v
	}
	switch {
	case i.Bearer != "":
		req.Header.Set("Authorization", "Bearer "+i.Bearer)
	case i.ClientID != "" && i.ClientAuth == "body":
		fields["client_id"], fields["client_secret"] = i.ClientID, i.ClientSecret
	case i.ClientID != "":
		req.Header.Set("Authorization", basic(i.ClientID, i.ClientSecret))
	}
	if i.Method != http.MethodGet {
		req.Body, req.ContentType = encodeFields(fields, i.Encoding)
		return req
	}
	req.RawQuery, _ = encodeFields(fields, "form")
	return req
}

// basic are a client's credentials, each encoded as in a form first (RFC 6749
// section 2.3.1).
func basic(id, secret string) string {
	r := http.Request{Header: http.Header{}}
	r.SetBasicAuth(url.QueryEscape(id), url.QueryEscape(secret))
	return r.Header.Get("Authorization")
}

// Activity is what an introspection says of a token.
type Activity int

// What an introspection can say. The zero value says nothing.
const (
	Unsaid Activity = iota
	Active
	Inactive
)

func (a Activity) String() string { return []string{"says nothing", "active", "inactive"}[a] }

// ActivityIn reads the answer of an introspection. A 4xx that is about the token
// or about who asks calls no token active (RFC 7662 section 2.2); it says nothing
// if it is about the number of calls.
func ActivityIn(c contract.Contract, a Answer) Activity {
	switch a.Planned {
	case Accepted:
		return Active
	case Refused:
		return Inactive
	}
	said, found := Pick(a.Body, c.Introspect.Active)
	switch {
	case a.Down() || a.Throttled() || a.Unsubscribed() || a.Status == http.StatusRequestTimeout:
		return Unsaid
	case !contract.Success(a.Status) && a.Status >= 400:
		return Inactive
	case found && said == "true":
		return Active
	case contract.Success(a.Status):
		return Inactive
	}
	return Unsaid
}
