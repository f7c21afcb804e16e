package scenarios

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/revocheck/revocheck/scenarios/contract"
	"github.com/revocheck/revocheck/scenarios/wire"
)

// Caller logs in and out at a target and builds the requests of its contract,
// at the pace of the contract. It judges no answer: it is for who measures a
// target.
type Caller struct {
	run      *run
	net      *wire.Network
	instance *Instance
}

// OpenCaller opens a target once it answers and its users can log in, as Run
// does. An error is a *PreflightError.
func OpenCaller(ctx context.Context, target Target) (*Caller, error) {
	r := newRun(target, Options{})
	if err := r.preflight(ctx); err != nil {
		return nil, err
	}
	instance, err := target.Open(ctx)
	if err != nil {
		return nil, unstarted(err)
	}
	return &Caller{r, wire.NewNetwork(r.contract, instance.endpoints, instance.Transport, r.limit), instance}, nil
}

// Close ends what opening began.
func (c *Caller) Close() error {
	c.net.Close()
	return c.instance.close()
}

// Contract is the target's, with what it leaves out filled in.
func (c *Caller) Contract() Contract { return c.run.contract }

// Endpoints are the base URLs, one for each replica.
func (c *Caller) Endpoints() []string { return c.instance.endpoints() }

// Transport makes a transport that trusts what the target's certificates need.
func (c *Caller) Transport() *http.Transport { return c.net.Transport() }

// LogIn has a token for a user; of tokens that a user was given it takes the
// next. An error is a *PreflightError.
func (c *Caller) LogIn(ctx context.Context, u User) (raw string, err error) {
	t, err := c.run.logIn(ctx, c.net, c.instance, u, 0)
	if err != nil {
		return "", err
	}
	return t.Raw, nil
}

// LogOut ends a token. That it was not acknowledged is a *PreflightError.
func (c *Caller) LogOut(ctx context.Context, raw string) error {
	a := c.net.Send(ctx, wire.LogoutOf(c.run.contract, raw), Accepted)
	if wire.Acknowledged(c.run.contract, a) {
		return nil
	}
	return &PreflightError{Unreachable: a.Down(), What: "a logout was " + logoutText(a, false), Fix: "look at logout.path, logout.method and logout.success"}
}

// NewLogout is the request that ends a token, at an endpoint from 0.
func (c *Caller) NewLogout(ctx context.Context, raw string, endpoint int) (*http.Request, error) {
	req := wire.LogoutOf(c.run.contract, raw)
	req.Replica = endpoint
	return c.net.Build(ctx, req)
}

// NewCall is a call of a route with a token, none if it is empty, at an
// endpoint from 0.
func (c *Caller) NewCall(ctx context.Context, route Route, raw string, endpoint int) (*http.Request, error) {
	req := wire.CallOf(route)
	req.Replica = endpoint
	if raw != "" {
		req.Carry(c.run.contract.Carrier, raw)
	}
	return c.net.Build(ctx, req)
}

// logIn has a token for a user in the contract's way, with a lifetime if it is
// more than 0.
func (r *run) logIn(ctx context.Context, n *wire.Network, instance *Instance, u User, life time.Duration) (*Token, error) {
	raw, down, err := r.tokenOf(ctx, n, instance, u, life)
	if err == nil {
		r.secret(raw)
		t, bad := parseToken(raw)
		if bad == nil {
			return t, nil
		}
		err = bad
	}
	return nil, &PreflightError{Unreachable: down, What: fmt.Sprintf("a further login of user %q gave no usable token", u.Name), Fix: err.Error()}
}

// tokenOf asks for a token; down says that it was the gateway that was away.
func (r *run) tokenOf(ctx context.Context, n *wire.Network, instance *Instance, u User, life time.Duration) (raw string, down bool, err error) {
	why := ""
	switch r.contract.LoginWay() {
	case contract.ByPath:
		a := n.Send(ctx, wire.LoginOf(r.contract, u, life), Accepted)
		raw, why = wire.TokenIn(r.contract, a)
		down = a.Down()
	case contract.ByTokens:
		var ok bool
		if raw, ok = r.stock.more(u.Name, time.Now().Add(r.skew.ahead)); !ok {
			why = "more tokens are needed than it was given"
		}
	default:
		raw, why = r.source(ctx, instance.Powers.Login, u)
	}
	if why != "" {
		return "", down, errors.New(why)
	}
	return raw, down, nil
}
