package preflight

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"slices"
	"syscall"

	"github.com/revocheck/revocheck/scenarios/wire"
)

// reached is what an endpoint answers to who has no token.
type reached struct {
	answer wire.Answer
	clock  Clock // of the first one
}

func (t Target) reach(ctx context.Context, i int, endpoint string) (reached, error) {
	req := wire.CallOf(t.Contract.Routes[0])
	req.Replica = i
	a := t.Network.Send(ctx, req, wire.Refused)
	if a.Err != nil {
		return reached{}, unreachable(endpoint, a.Err)
	}
	seen := reached{answer: a}
	if i == 0 && t.Remote && !t.Brief {
		seen.clock = t.measureClock(ctx, req, a)
	}
	return seen, t.turnedAway(redacted(endpoint), a)
}

// compareEndpoints looks whether each endpoint knows the first route, as the
// first one does.
func (t Target) compareEndpoints(ctx context.Context, o *Observations) {
	for i, none := range o.reached {
		if i == 0 || !missing(none) || missing(o.reached[0]) {
			continue
		}
		req := wire.CallOf(t.Contract.Routes[0])
		req.Replica = i
		req.Carry(t.Contract.Carrier, o.holders[0].live.Raw)
		if live := t.Network.Send(ctx, req, wire.Accepted); live.Status == none.Status {
			o.problem(wrong(fmt.Sprintf("endpoints[%d]", i),
				fmt.Sprintf("%s answers %d there, with a live token and without one, and %d at the first endpoint", t.Contract.Routes[0], none.Status, o.reached[0].Status),
				"write the base URL of a replica of the same gateway"))
		}
	}
}

// turnedAway is the error of an answer that is about the suite and not about
// a token; nil for any other.
func (t Target) turnedAway(who string, a wire.Answer) error {
	switch {
	case a.Unsubscribed():
		return &Error{Problems: []Problem{wrong("headers", fmt.Sprintf("%s turns the suite away for the subscription key (401): %s", who, a.KeyComplaint()), wire.KeyHint)}}
	case a.OverLimit() && !t.Contract.Refuses(a.Status):
		again := ""
		if after := a.Header.Get("Retry-After"); after != "" && len(after) < 32 {
			again = fmt.Sprintf("; it says to try again after %q", after)
		}
		return &Error{Unreachable: true, What: fmt.Sprintf("%s turns calls away for their number (%d) before any scenario", who, a.Status), Fix: wire.ThrottledHint + again}
	}
	return nil
}

// unreachable says why an endpoint gives no answer, and what to do.
func unreachable(endpoint string, err error) *Error {
	e := &Error{Unreachable: true, What: fmt.Sprintf("%s cannot be reached: %s", redacted(endpoint), wire.Reason(err))}
	var name x509.HostnameError
	var authority x509.UnknownAuthorityError
	var record tls.RecordHeaderError
	var dns *net.DNSError
	switch {
	case errors.As(err, &name):
		e.Fix = "its certificate is for another name; mend the endpoint, or set tls.server_name to the name in the certificate"
	case errors.As(err, &authority):
		e.Fix = "its certificate is signed by an authority that is not trusted here; set tls.ca to that authority's certificate"
	case uncertified(err):
		e.Fix = "it asks for a client certificate of an authority that it trusts; set tls.cert and tls.key to one and its private key"
	case errors.As(err, &record), errors.Is(err, http.ErrSchemeMismatch):
		e.Fix = "it does not speak TLS; use http:// in endpoints"
	case errors.As(err, &dns):
		e.Fix = "look at the host name in endpoints"
	case errors.Is(err, syscall.ECONNREFUSED):
		e.Fix = "nobody listens there; is the gateway up, and is the port right?"
	case wire.Dropped(err):
		e.Fix = "it closed the connection without an answer in HTTP/1.1; if it speaks TLS, use https:// in endpoints, and if it speaks HTTP/2 alone, let it speak HTTP/1.1 as well"
	case errors.Is(err, context.DeadlineExceeded):
		e.Fix = "is the address right, and is a firewall in the way? (limits.timeout sets how long to wait)"
	}
	return e
}

// uncertified reports whether a TLS server turned the suite's certificate away,
// or that there was none (RFC 8446 section 6.2). The alerts have no exported type.
func uncertified(err error) bool {
	var remote *net.OpError
	return errors.As(err, &remote) && remote.Op == "remote error" && slices.Contains([]string{
		"tls: certificate required", "tls: bad certificate", "tls: unknown certificate authority", "tls: unknown certificate", "tls: expired certificate",
	}, remote.Err.Error())
}

// redacted is an endpoint without the password that it may hold.
func redacted(endpoint string) string {
	u, err := url.Parse(endpoint)
	if err != nil {
		return "an endpoint"
	}
	return u.Redacted()
}
