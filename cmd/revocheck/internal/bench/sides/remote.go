package sides

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
	*scenarios.Caller
	replicas uint64
	pools    [2][]string // live and revoked
	seen     *fresh
}

// OpenRemote opens a target and logs its users in: for o.Tokens live tokens,
// and a tenth as many which it logs out again.
func OpenRemote(ctx context.Context, t scenarios.Target, o Options) (*Remote, error) {
	if c := t.Contract(); c.Logout.Scope == scenarios.ScopeUser && len(c.Users) < 2 {
		return nil, errors.New("a logout of the target ends every session of its user: a bench needs a second user, to be logged out")
	}
	caller, err := scenarios.OpenCaller(ctx, t, scenarios.Options{})
	if err != nil {
		return nil, err
	}
	r := &Remote{Caller: caller, replicas: uint64(len(caller.Endpoints())), seen: newFresh()}
	if err := r.issue(ctx, o); err != nil {
		return nil, errors.Join(err, r.Close())
	}
	return r, nil
}

// issue fills the pools. With several users the last one is logged out, so
// that a logout which ends all sessions of a user ends no live token.
func (r *Remote) issue(ctx context.Context, o Options) error {
	live, gone := r.Contract().Users, r.Contract().Users[len(r.Contract().Users)-1:]
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
	ended := r.pools[loadgen.Revoked]
	if r.Contract().Logout.Scope == scenarios.ScopeUser {
		ended = ended[:1] // which ends the others, and they may not log out any more
	}
	return eachOf(ctx, len(ended), func(ctx context.Context, i int) error {
		if err := r.apart(ended[i]); err != nil {
			return err
		}
		return r.LogOut(ctx, ended[i])
	})
}

// apart makes sure that a token which is to be ended is no live one's twin.
func (r *Remote) apart(raw string) error {
	if _, twin := slices.BinarySearch(r.pools[loadgen.Live], raw); twin {
		return errors.New("the target gave one token to two logins, and a bench cannot end one and use the other: give it a second user")
	}
	return nil
}

func (r *Remote) logInMany(ctx context.Context, users []scenarios.User, n int) ([]string, error) {
	tokens := make([]string, n)
	err := eachOf(ctx, n, func(ctx context.Context, i int) (err error) {
		tokens[i], err = r.LogIn(ctx, users[i%len(users)])
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
	side := &loadgen.Side{Name: r.Contract().Name + " " + how, Transport: r.connections()}
	refusals := r.Contract().Refusal.Statuses
	side.Refuses = func(status int) bool { return slices.Contains(refusals, status) }
	if how == WithNone {
		return side, r.callOpenly(side)
	}
	switch how {
	case WithLive:
		side.Mix = &loadgen.Mix{loadgen.Live: 1}
	case WithRevoked:
		side.Mix = &loadgen.Mix{loadgen.Revoked: 1}
	}
	route := r.Contract().Routes[0]
	side.Accepts, side.Prepare, side.NewLogout = route.Accepts, r.prepare, r.logout
	side.NewRequest = func(ctx context.Context, c loadgen.Call) (*http.Request, error) {
		raw, err := r.token(c)
		if err != nil {
			return nil, err
		}
		return r.NewCall(ctx, route, raw, int(c.Index%r.replicas))
	}
	return side, nil
}

// callOpenly has a side call an open route without a token.
func (r *Remote) callOpenly(side *loadgen.Side) error {
	if len(r.Contract().OpenRoutes) == 0 {
		return errors.New("the target declares no open_routes to compare with; use --against live")
	}
	route := r.Contract().OpenRoutes[0]
	side.Mix, side.Accepts = &loadgen.Mix{loadgen.Live: 1}, route.Accepts
	side.NewRequest = func(ctx context.Context, c loadgen.Call) (*http.Request, error) {
		return r.NewCall(ctx, route, "", int(c.Index%r.replicas))
	}
	return nil
}

// connections is a transport with room for as many connections as a bench
// keeps.
func (r *Remote) connections() *http.Transport {
	t := r.Transport()
	t.MaxIdleConnsPerHost, t.MaxIdleConns, t.DisableCompression = 256, 0, true
	return t
}

// logout ends the token that was made ready for storm logout n.
func (r *Remote) logout(ctx context.Context, n uint64) (*http.Request, error) {
	raw, err := r.seen.take(loadgen.Call{Class: loadgen.Live, Stormed: true, Index: n})
	if err != nil {
		return nil, err
	}
	return r.NewLogout(ctx, raw, 0)
}

func (r *Remote) token(c loadgen.Call) (string, error) {
	switch {
	case c.Class == loadgen.NeverSeen, c.Stormed:
		return r.seen.take(c)
	case int(c.Class) >= len(r.pools):
		return "", fmt.Errorf("%s tokens cannot be obtained from this target: leave the class out of --mix", c.Class)
	}
	pool := r.pools[c.Class]
	return pool[c.Index%uint64(len(pool))], nil
}

// prepare logs in for the tokens that the next slice is the first to use.
func (r *Remote) prepare(ctx context.Context, calls []loadgen.Call) error {
	r.seen.forget()
	users := r.Contract().Users
	return eachOf(ctx, len(calls), func(ctx context.Context, i int) error {
		user := users[0]
		if calls[i].Stormed { // its logout may end every session of its user
			user = users[len(users)-1]
		}
		raw, err := r.LogIn(ctx, user)
		if err != nil {
			return err
		}
		r.seen.put(calls[i], raw)
		return nil
	})
}
