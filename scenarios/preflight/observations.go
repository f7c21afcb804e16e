package preflight

import (
	"context"
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/revocheck/revocheck/scenarios/contract"
	"github.com/revocheck/revocheck/scenarios/token"
	"github.com/revocheck/revocheck/scenarios/wire"
)

// Observations are what a target showed before any scenario ran, and what of
// the contract they contradict.
type Observations struct {
	Clock
	// Algorithm of an issued token, as its header names it.
	Algorithm string
	// Lifetime of a token when none is asked for; 0 if it has no exp.
	Lifetime time.Duration
	// Asked is the lifetime that was asked for, 0 if none can be; Granted is
	// the one that the token was given, 0 if it has no exp.
	Asked, Granted time.Duration
	// Routes are the answers of the protected and the open routes.
	Routes []RouteSeen
	// Problems are in the order in which they were found.
	Problems []Problem
}

// Problem is what an answer of the target contradicts in the contract. Whoever
// read the target file knows the line of its key.
type Problem struct {
	// Key of the target file, such as "routes[0].identity".
	Key string
	// Seen is what the target showed, and Write what to write at the key; Write
	// may be empty.
	Seen, Write string
}

// String is "seen: write", without the key.
func (p Problem) String() string {
	if p.Write == "" {
		return p.Seen
	}
	return p.Seen + ": " + p.Write
}

// At are the problems of a key and of what lies below it, as text; "" if there
// are none.
func (o Observations) At(key string) string {
	var all []string
	for _, p := range o.Problems {
		if p.Key == key || strings.HasPrefix(p.Key, key+".") || strings.HasPrefix(p.Key, key+"[") {
			all = append(all, p.String())
		}
	}
	return strings.Join(all, "; ")
}

// GrantsLifetime reports whether a lifetime that was asked for was granted,
// within the tolerance that scenarios have.
func (o Observations) GrantsLifetime() bool {
	return o.Asked > 0 && o.Granted > 0 && (o.Granted-o.Asked).Abs() <= 2*time.Second+o.Unsure
}

// Observe logs in and calls every route, and compares what comes with the
// contract. The clock is that of Check, which comes first. An error is an *Error.
func (t Target) Observe(ctx context.Context, clock Clock) (Observations, error) {
	o := Observations{Clock: clock}
	now := time.Now
	if t.Now != nil {
		now = t.Now
	}
	first := t.Contract.Users[0]
	live, err := t.obtain(ctx, first, 0)
	if err != nil {
		return o, err
	}
	o.Algorithm, o.Lifetime = live.Alg(), live.LeftAt(now().Add(o.Ahead))
	if o.Asked = trialLifetime(t.Contract.Login); o.Asked > 0 {
		other, err := t.obtain(ctx, first, o.Asked)
		if err != nil {
			return o, err
		}
		o.Granted = other.LeftAt(now().Add(o.Ahead))
	}
	t.observeRoutes(ctx, live, &o)
	return o, nil
}

// trialLifetime is a lifetime to ask for that the contract says is granted, in
// whole seconds: a minute, or what is nearest to it.
func trialLifetime(l contract.Login) time.Duration {
	if l.LifetimeField == "" {
		return 0
	}
	life := max(time.Minute, l.MinLifetime)
	if l.MaxLifetime > 0 {
		life = min(life, l.MaxLifetime)
	}
	return time.Duration(math.Ceil(life.Seconds())) * time.Second
}

// obtain gets a token of a user whom Check has found to have some.
func (t Target) obtain(ctx context.Context, u contract.User, life time.Duration) (token.JWT, error) {
	if t.Contract.LoginWay() == contract.ByTokens {
		return token.Parse(u.Tokens[0])
	}
	raw, away, why := wire.Obtain(ctx, t.Network, t.Contract, t.Login, u, life)
	if why == "" {
		t.keep(raw)
		got, err := token.Parse(raw)
		if err == nil {
			return got, nil
		}
		why = err.Error()
	}
	return token.JWT{}, &Error{Unreachable: away, What: fmt.Sprintf("a further login of user %q gave no usable token", u.Name), Fix: why}
}
