package scenarios

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios/contract"
	"github.com/revocheck/revocheck/scenarios/preflight"
	"github.com/revocheck/revocheck/scenarios/token"
	"github.com/revocheck/revocheck/scenarios/wire"
)

// Caller logs in and out at a target and builds the requests of its contract,
// at the pace of the contract. It judges no answer: it is for who measures a
// target.
type Caller struct {
	run *run
	at  opened
}

// OpenCaller opens a target once it answers and its users can log in, as Run
// does. An error is a *PreflightError.
func OpenCaller(ctx context.Context, target Target, o Options) (*Caller, error) {
	o.setDefaults()
	r := newRun(target, o)
	if err := r.preflight(ctx); err != nil {
		return nil, err
	}
	at, err := r.open(ctx)
	if err != nil {
		return nil, err
	}
	return &Caller{r, at}, nil
}

// Close ends what opening began.
func (c *Caller) Close() error { return c.at.close() }

// Contract is the target's, with what it leaves out filled in.
func (c *Caller) Contract() Contract { return c.run.contract }

// Endpoints are the base URLs, one for each replica.
func (c *Caller) Endpoints() []string { return c.at.instance.endpoints() }

// Transport makes a transport that trusts what the target's certificates need.
func (c *Caller) Transport() *http.Transport { return c.at.Network.Transport() }

// LogIn obtains a token for a user; of tokens that a user was given it takes the
// next. An error is a *PreflightError.
func (c *Caller) LogIn(ctx context.Context, u User) (raw string, err error) {
	raw, away, why := c.obtain(ctx, u)
	if why == "" {
		c.run.secret(raw)
		if _, bad := token.Parse(raw); bad != nil {
			why = bad.Error()
		}
	}
	if why != "" {
		return "", &PreflightError{Unreachable: away, What: fmt.Sprintf("a further login of user %q gave no usable token", u.Name), Fix: why}
	}
	return raw, nil
}

func (c *Caller) obtain(ctx context.Context, u User) (raw string, away bool, why string) {
	if c.run.contract.LoginWay() != contract.ByTokens {
		return wire.Obtain(ctx, c.at.Network, c.run.contract, c.at.Login, u, 0)
	}
	raw, ok := c.run.tokens.more(u.Name, time.Now().Add(c.run.observed.Ahead))
	if !ok {
		why = "more tokens are needed than it was given"
	}
	return raw, false, why
}

// LogOut ends a token. That it was not acknowledged is a *PreflightError.
func (c *Caller) LogOut(ctx context.Context, raw string) error {
	a := c.at.Network.Send(ctx, wire.LogoutOf(c.run.contract, raw), Accepted)
	if wire.Acknowledged(c.run.contract, a) {
		return nil
	}
	return &PreflightError{Unreachable: a.Down(), What: "a logout was " + logoutText(a, false), Fix: "look at logout.path, logout.method and logout.success"}
}

// NewLogout is the request that ends a token, at an endpoint from 0.
func (c *Caller) NewLogout(ctx context.Context, raw string, endpoint int) (*http.Request, error) {
	req := wire.LogoutOf(c.run.contract, raw)
	req.Replica = endpoint
	return c.at.Network.Build(ctx, req)
}

// NewCall is a call of a route with a token, none if it is empty, at an
// endpoint from 0.
func (c *Caller) NewCall(ctx context.Context, route Route, raw string, endpoint int) (*http.Request, error) {
	req := wire.CallOf(route)
	req.Replica = endpoint
	if raw != "" {
		req.Carry(c.run.contract.Carrier, raw)
	}
	return c.at.Network.Build(ctx, req)
}

// Clock is how the target's clock compares with this machine's.
func (c *Caller) Clock() preflight.Clock { return c.run.observed.Clock }

// Clean is a text without the secrets that it may hold.
func (c *Caller) Clean(text string) string { return c.run.redactor.Clean(text) }

// Play plays what is no scenario, with the first user and every given token that
// is left, and says what stopped it; "" if it came to its end. The observer of
// the options is told that it starts.
func (c *Caller) Play(ctx context.Context, name string, f func(*Play)) (why string) {
	c.run.observe.Start(name)
	users, release := c.run.users.lend(1)
	defer release()
	var rec report.Record
	p := c.run.newPlay(ctx, Scenario{ID: name}, c.at.instance, users, &rec)
	defer p.sender.Close()
	p.given = c.run.tokens.all()
	defer func() { c.run.tokens.release(p.given) }()
	st, _ := catch(func() { f(p) })
	return st.why
}
