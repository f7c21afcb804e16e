package scenarios

import (
	"context"
	"time"

	"github.com/revocheck/revocheck/scenarios/wire"
)

// unknownClock is how far clocks are taken to be apart that nothing compares,
// and tooFar what no clocks are that agree to within some seconds.
const (
	unknownClock = 3 * time.Second
	tooFar       = 10 * time.Second
)

// undatedSkew is how far the clocks may be apart where no Date says so: as far
// as the time of issue is from the login, which a target may also set back, or
// round up, on purpose.
func (r *run) undatedSkew(ctx context.Context, n *wire.Network, u User) skew {
	if b, ok := r.watchLogins(ctx, n, u, login{}, issuedAt); ok {
		return skew{unsure: b.furthest()}
	}
	asked := trialLifetime(r.contract)
	if asked == 0 {
		return skew{unsure: unknownClock}
	}
	b, ok := r.watchLogins(ctx, n, u, login{life: asked}, func(t *Token) (time.Time, bool) {
		exp, ok := t.Exp()
		return exp.Add(-asked), ok
	})
	if !ok || b.furthest() > tooFar { // another lifetime was granted
		return skew{unsure: unknownClock}
	}
	return skew{unsure: b.furthest()}
}

func issuedAt(t *Token) (time.Time, bool) { return t.Instant("iat") }

// watchLogins reads the target's clock by when tokens were issued.
func (r *run) watchLogins(ctx context.Context, n *wire.Network, u User, l login, issued func(*Token) (time.Time, bool)) (bracket, bool) {
	read := func() (reading, bool) {
		a := n.Send(ctx, wire.LoginOf(r.contract, u, l.asked()), Accepted)
		raw, why := wire.TokenIn(r.contract, a)
		if why != "" {
			return reading{}, false
		}
		r.secret(raw)
		t, err := parseToken(raw)
		if err != nil {
			return reading{}, false
		}
		at, ok := issued(t)
		return reading{at.Truncate(time.Second), a.Sent, a.Received}, ok
	}
	first, ok := read()
	if !ok {
		return bracket{}, false
	}
	return r.watchClock(ctx, first, read), true
}
