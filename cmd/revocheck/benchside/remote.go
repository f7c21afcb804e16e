package benchside

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"

	"github.com/revocheck/revocheck/loadgen"
	"github.com/revocheck/revocheck/scenarios"
)

// Remote is a gateway of a target file, ready to be measured. It cannot be
// told to mint tokens or to stop revoking, so that its sides differ in what is
// sent: a live token, a revoked one, or none on an open route.
type Remote struct {
	contract  scenarios.Contract
	endpoints []string
	transport func() http.RoundTripper
	pools     [2][]string // live and revoked
	seen      *fresh
	close     func() error
}

// OpenRemote opens a target and logs its users in: for o.Tokens live tokens,
// and a tenth as many which it logs out again.
func OpenRemote(ctx context.Context, t scenarios.Target, o Options) (*Remote, error) {
	instance, err := t.Open(ctx)
	if err != nil {
		return nil, err
	}
	r := &Remote{contract: withDefaults(t.Contract()), endpoints: instance.Endpoints, seen: newFresh(), close: instance.Close}
	r.transport = func() http.RoundTripper { return newTransport(instance.Transport) }
	if err := errors.Join(r.check(), r.issue(ctx, o)); err != nil {
		return nil, errors.Join(err, r.Close())
	}
	return r, nil
}

// withDefaults fills in what a contract may leave out and a call needs.
func withDefaults(c scenarios.Contract) scenarios.Contract {
	c.Carrier.In = or(c.Carrier.In, "header")
	c.Carrier.Name = or(c.Carrier.Name, map[string]string{"header": "Authorization"}[c.Carrier.In])
	c.Carrier.Name = or(c.Carrier.Name, "access_token")
	c.Carrier.Scheme = or(c.Carrier.Scheme, "Bearer")
	if len(c.Refusal.Statuses) == 0 {
		c.Refusal.Statuses = scenarios.Statuses{http.StatusUnauthorized}
	}
	return c
}

// Close ends what opening began.
func (r *Remote) Close() error {
	if r.close == nil {
		return nil
	}
	return r.close()
}

func (r *Remote) check() error {
	c := r.contract
	switch {
	case len(r.endpoints) == 0 || len(c.Routes) == 0:
		return errors.New("the target declares no endpoint or no route to call")
	case len(c.Users) == 0:
		return errors.New("the target declares no user")
	case c.Logout.Scope == scenarios.ScopeUser && len(c.Users) < 2:
		return errors.New("a logout of the target ends every session of its user: a bench needs a second user, to be logged out")
	}
	return nil
}

// issue fills the pools. With several users the last one is logged out, so
// that a logout which ends all sessions of a user ends no live token.
func (r *Remote) issue(ctx context.Context, o Options) error {
	if r.check() != nil {
		return nil
	}
	live, gone := r.contract.Users, r.contract.Users[len(r.contract.Users)-1:]
	if len(live) > 1 {
		live = live[:len(live)-1]
	}
	pools := [2]struct {
		users []scenarios.User
		n     int
	}{{live, max(1, o.Tokens)}, {gone, max(1, o.Tokens/10)}}
	for class, pool := range pools {
		tokens, err := r.logInMany(ctx, pool.users, pool.n)
		if err != nil {
			return err
		}
		r.pools[class] = tokens
	}
	acknowledges := func(status int) bool { return has(r.contract.Logout.Success, status, isSuccess) }
	return logOutAll(ctx, r.pools[loadgen.Revoked], r.transport(), acknowledges, r.logoutRequest)
}

func (r *Remote) logInMany(ctx context.Context, users []scenarios.User, n int) ([]string, error) {
	tokens, over := make([]string, n), r.transport()
	err := eachOf(ctx, n, func(ctx context.Context, i int) (err error) {
		tokens[i], err = r.logIn(ctx, over, users[i%len(users)])
		return err
	})
	if err != nil {
		return nil, err
	}
	return slices.Compact(slices.Sorted(slices.Values(tokens))), nil
}

// Ways of calling a remote target.
const (
	WithLive    = "live"        // a live token
	WithRevoked = "revoked"     // a revoked token
	WithMix     = "with tokens" // the plan's mix of classes
	WithNone    = "open"        // no token, on an open route
)

// Side makes a side that calls the target in one way.
func (r *Remote) Side(how string) (*loadgen.Side, error) {
	route := r.contract.Routes[0]
	side := &loadgen.Side{Name: r.contract.Name + " " + how, Transport: r.transport(), Prepare: r.prepare}
	side.Refuses = func(status int) bool { return slices.Contains(r.contract.Refusal.Statuses, status) }
	side.NewRequest = func(ctx context.Context, c loadgen.Call) (*http.Request, error) {
		raw, err := r.token(c)
		if err != nil {
			return nil, err
		}
		return r.request(ctx, route, raw, c.Index)
	}
	side.NewLogout = func(ctx context.Context, n uint64) (*http.Request, error) {
		raw, err := r.seen.take(loadgen.Call{Class: loadgen.Live, Stormed: true, Index: n})
		if err != nil {
			return nil, err
		}
		return r.logoutRequest(ctx, raw)
	}
	switch how {
	case WithLive:
		side.Mix = &loadgen.Mix{loadgen.Live: 1}
	case WithRevoked:
		side.Mix = &loadgen.Mix{loadgen.Revoked: 1}
	case WithNone:
		if err := r.openRoute(side, &route); err != nil {
			return nil, err
		}
	}
	side.Accepts = func(status int) bool { return has(route.Accepted, status, isSuccess) }
	return side, nil
}

func (r *Remote) openRoute(side *loadgen.Side, route *scenarios.Route) error {
	if len(r.contract.OpenRoutes) == 0 {
		return errors.New("the target declares no open_routes to compare with; use --against live")
	}
	*route = r.contract.OpenRoutes[0]
	open := *route
	side.Mix, side.Prepare, side.NewLogout = &loadgen.Mix{loadgen.Live: 1}, nil, nil
	side.NewRequest = func(ctx context.Context, c loadgen.Call) (*http.Request, error) {
		return r.request(ctx, open, "", c.Index)
	}
	return nil
}

func (r *Remote) token(c loadgen.Call) (string, error) {
	switch {
	case c.Class == loadgen.NeverSeen, c.Stormed:
		return r.seen.take(c)
	case int(c.Class) >= len(r.pools):
		return "", fmt.Errorf("%s tokens cannot be had from this target: leave the class out of --mix", c.Class)
	}
	pool := r.pools[c.Class]
	return pool[c.Index%uint64(len(pool))], nil
}

// prepare logs in for the tokens that the next slice is the first to use.
func (r *Remote) prepare(ctx context.Context, calls []loadgen.Call) error {
	r.seen.forget()
	over, users := r.transport(), r.contract.Users
	return eachOf(ctx, len(calls), func(ctx context.Context, i int) error {
		user := users[0]
		if calls[i].Stormed { // its logout may end every session of its user
			user = users[len(users)-1]
		}
		raw, err := r.logIn(ctx, over, user)
		if err == nil {
			r.seen.put(calls[i], raw)
		}
		return err
	})
}

func has(declared scenarios.Statuses, status int, otherwise func(int) bool) bool {
	if len(declared) == 0 {
		return otherwise(status)
	}
	return slices.Contains(declared, status)
}
