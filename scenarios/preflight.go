package scenarios

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"syscall"

	"github.com/revocheck/revocheck/scenarios/contract"
	"github.com/revocheck/revocheck/scenarios/wire"
)

// PreflightError says why a target cannot be tested at all.
type PreflightError struct {
	// Unreachable: nothing answers. Otherwise something does, but not as the
	// contract says.
	Unreachable bool
	What        string
	// Fix says what to look at.
	Fix string
}

func (e *PreflightError) Error() string {
	if e.Fix == "" {
		return e.What
	}
	return e.What + ": " + e.Fix
}

// preflight makes sure that the target answers and that its users can log in,
// and measures the difference of the clocks.
func (r *run) preflight(ctx context.Context) error {
	err := r.tryTarget(ctx)
	if err != nil && ctx.Err() != nil {
		return &PreflightError{Unreachable: true, What: ended(ctx) + " before its first scenario"}
	}
	return err
}

func (r *run) tryTarget(ctx context.Context) error {
	instance, err := r.target.Open(ctx)
	if err != nil {
		return unstarted(err)
	}
	defer func() { _ = instance.close() }()
	n := wire.NewNetwork(r.contract, instance.endpoints, instance.Transport, r.limit)
	defer n.Close()
	for i, endpoint := range instance.endpoints() {
		if err := r.reach(ctx, n, i, endpoint); err != nil {
			return err
		}
	}
	for _, u := range r.contract.Users {
		if err := r.tryUser(ctx, n, instance, u); err != nil {
			return err
		}
	}
	if r.undated && r.contract.LoginWay() == contract.ByPath {
		r.skew = r.undatedSkew(ctx, n, r.contract.Users[0])
	}
	return nil
}

// tryUser makes sure that a user can have a token.
func (r *run) tryUser(ctx context.Context, n *wire.Network, instance *Instance, u User) error {
	switch r.contract.LoginWay() {
	case contract.ByPath:
		return r.tryLogin(ctx, n, u)
	case contract.ByTokens:
		return r.tryGiven(ctx, n, u)
	}
	return r.trySource(ctx, instance.Powers.Login, u)
}

func (r *run) reach(ctx context.Context, n *wire.Network, i int, endpoint string) error {
	req := wire.CallOf(r.contract.Routes[0])
	req.Replica = i
	a := n.Send(ctx, req, Refused)
	if a.Err != nil {
		return unreachable(endpoint, a.Err)
	}
	if i == 0 && r.target.Shared() {
		r.measureSkew(ctx, n, req, a)
	}
	return r.turnedAway(redacted(endpoint), a)
}

// turnedAway is the error of an answer that is about the suite and not about
// a token; nil for any other.
func (r *run) turnedAway(who string, a Answer) error {
	switch {
	case a.Unsubscribed():
		return &PreflightError{What: fmt.Sprintf("%s turns the suite away for the subscription key (401): %s", who, a.KeyComplaint()), Fix: wire.KeyHint}
	case a.OverLimit() && !r.contract.Refuses(a.Status):
		again := ""
		if after := a.Header.Get("Retry-After"); after != "" && len(after) < 32 {
			again = fmt.Sprintf("; it says to try again after %q", after)
		}
		return &PreflightError{Unreachable: true, What: fmt.Sprintf("%s turns calls away for their number (%d) before any scenario", who, a.Status), Fix: wire.ThrottledHint + again}
	}
	return nil
}

// unstarted is the error of a target that could not be opened.
func unstarted(err error) error {
	return &PreflightError{Unreachable: true, What: "the target could not be started", Fix: err.Error()}
}

// unreachable says why an endpoint gives no answer, and what to do.
func unreachable(endpoint string, err error) *PreflightError {
	e := &PreflightError{Unreachable: true, What: fmt.Sprintf("%s cannot be reached: %s", redacted(endpoint), wire.Reason(err))}
	var name x509.HostnameError
	var authority x509.UnknownAuthorityError
	var record tls.RecordHeaderError
	var dns *net.DNSError
	switch {
	case errors.As(err, &name):
		e.Fix = "its certificate is for another name; mend the endpoint, or set tls.server_name to the name in the certificate"
	case errors.As(err, &authority):
		e.Fix = "its certificate is signed by an authority that is not trusted here; set tls.ca to that authority's certificate"
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

// redacted is an endpoint without the password that it may hold.
func redacted(endpoint string) string {
	u, err := url.Parse(endpoint)
	if err != nil {
		return "an endpoint"
	}
	return u.Redacted()
}

func (r *run) tryLogin(ctx context.Context, n *wire.Network, u User) error {
	a := n.Send(ctx, wire.LoginOf(r.contract, u, 0), Accepted)
	if err := r.turnedAway("the login", a); err != nil {
		return err
	}
	raw, why := wire.TokenIn(r.contract, a)
	if why != "" {
		return &PreflightError{Unreachable: a.Down(), What: fmt.Sprintf("the login of user %q gave no token", u.Name), Fix: why + loginHint(a)}
	}
	r.secret(raw)
	if _, err := parseToken(raw); err != nil {
		return &PreflightError{What: fmt.Sprintf("the login of user %q gave something else than a JWT", u.Name), Fix: err.Error() + "; login.token picks the wrong field, or the target does not use JWTs"}
	}
	return nil
}

func loginHint(a Answer) string {
	if a.Status == http.StatusBadRequest && bytes.Contains(a.Body, []byte("HTTPS")) {
		return "; it seems to speak TLS: use https:// in endpoints"
	}
	if bytes.Contains(a.Body, []byte("ALPN")) { // Node's answer to a client that offers HTTP/1.1
		return "; it seems to speak HTTP/2 alone: let it speak HTTP/1.1 as well"
	}
	switch a.Status {
	case http.StatusUnauthorized, http.StatusForbidden, http.StatusBadRequest, http.StatusUnprocessableEntity:
		return "; look at the user's password and at the login's fields and encoding"
	case http.StatusNotFound, http.StatusMethodNotAllowed:
		return "; look at login.path and login.method"
	}
	if a.Status >= 200 && a.Status < 300 {
		return "; look at login.path and at that key"
	}
	if to := a.Header.Get("Location"); a.Status >= 300 && a.Status < 400 && to != "" {
		return fmt.Sprintf("; it redirects to %s: look at endpoints and at login.path", contract.WithoutSecrets(to))
	}
	return ""
}
