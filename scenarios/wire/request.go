package wire

import (
	"cmp"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/revocheck/revocheck/scenarios/contract"
)

// Request is what a scenario sends.
type Request struct {
	Method string
	// Path is sent as it stands, after the path of the base URL.
	Path  string
	Query url.Values
	// RawQuery is sent as it stands, after Query.
	RawQuery    string
	Header      http.Header
	Cookies     []*http.Cookie
	Body        string
	ContentType string
	// Via chooses the connection.
	Via Via
	// Replica is the endpoint to send to, from 0.
	Replica int
	// Base is a base URL instead of an endpoint's.
	Base string
	// Elsewhere: Base is another server's, which is not to see what the contract sends
	// with every request.
	Elsewhere bool
	// Timeout instead of the contract's.
	Timeout time.Duration
	// Absolute puts the whole URL on the request line (RFC 9112 section 3.2.2).
	Absolute bool
	// Chunked sends the body in chunks, without its length.
	Chunked bool
	// AsWritten keeps the case of the names of Header, over HTTP/1.
	AsWritten bool
	// Carrying names the tokens that it carries, for the report; it holds no secret.
	Carrying string
}

// Via is a connection to send a request over.
type Via string

// The connections.
const (
	SameConnection   Via = ""                  // the scenario's own, kept alive
	SecondConnection Via = "second-connection" // another one, kept alive
	NewConnection    Via = "new-connection"    // one for this request alone
	HTTP2            Via = "http2"             // HTTP/2, over TLS or cleartext
	HTTP10           Via = "http1.0"           // HTTP/1.0, on a connection for this request alone
)

// Vias lists the connections by name.
func Vias() []Via { return []Via{SameConnection, SecondConnection, NewConnection, HTTP2, HTTP10} }

// String names the request without its secrets.
func (r Request) String() string {
	s := r.Method + " " + cmp.Or(r.Path, "/")
	if r.Carrying != "" {
		s += " with " + r.Carrying
	}
	if r.Replica > 0 {
		s += fmt.Sprintf(" at replica %d", r.Replica+1)
	}
	if r.Via != SameConnection {
		s += " via " + string(r.Via)
	}
	return s
}

// CallOf is the call of a route, without a token.
func CallOf(r contract.Route) Request {
	req := Request{Method: cmp.Or(r.Method, http.MethodGet), Path: r.Path, Header: http.Header{}, Body: r.Body, ContentType: r.ContentType}
	for k, v := range r.Headers {
		req.Header.Set(k, v)
	}
	return req
}

// Carry puts a raw token where the carrier has it.
func (r *Request) Carry(c contract.Carrier, raw string) {
	switch c.In {
	case "query":
		if r.Query == nil {
			r.Query = url.Values{}
		}
		r.Query.Add(c.Name, raw)
	case "cookie":
		r.Cookies = append(r.Cookies, &http.Cookie{Name: c.Name, Value: raw})
	default:
		r.Header = orNew(r.Header)
		r.Header.Add(c.Name, c.Value(raw))
	}
}

func orNew(h http.Header) http.Header {
	if h == nil {
		return http.Header{}
	}
	return h
}

// url joins a base URL and the request's path, without cleaning either.
func (r Request) url(base string) (*url.URL, error) {
	raw := strings.TrimSuffix(base, "/") + r.Path
	sep := "?"
	if strings.Contains(r.Path, "?") {
		sep = "&"
	}
	for _, query := range []string{r.Query.Encode(), r.RawQuery} {
		if query != "" {
			raw += sep + query
			sep = "&"
		}
	}
	return url.Parse(raw)
}
