package preflight

import (
	"context"
	"time"

	"github.com/revocheck/revocheck/scenarios/contract"
	"github.com/revocheck/revocheck/scenarios/token"
	"github.com/revocheck/revocheck/scenarios/wire"
)

// unknownClock is how far clocks are taken to be apart that nothing compares,
// and tooFar what no clocks are that agree to within some seconds.
const (
	unknownClock = 3 * time.Second
	tooFar       = 10 * time.Second
)

// undatedClock is how far the clocks may be apart where no Date says so: as far
// as the time of issue is from the login, which a target may also set back, or
// round up, on purpose.
func (t Target) undatedClock(ctx context.Context, u contract.User) Clock {
	if b, ok := t.watchLogins(ctx, u, 0, issuedAt); ok {
		return Clock{Undated: true, Unsure: b.furthest()}
	}
	asked := trialLifetime(t.Contract.Login)
	if asked == 0 {
		return Clock{Undated: true, Unsure: unknownClock}
	}
	b, ok := t.watchLogins(ctx, u, asked, func(t token.JWT) (time.Time, bool) {
		exp, ok := t.Exp()
		return exp.Add(-asked), ok
	})
	if !ok || b.furthest() > tooFar { // another lifetime was granted
		return Clock{Undated: true, Unsure: unknownClock}
	}
	return Clock{Undated: true, Unsure: b.furthest()}
}

func issuedAt(t token.JWT) (time.Time, bool) { return t.Instant("iat") }

// watchLogins reads the target's clock by when tokens were issued.
func (t Target) watchLogins(ctx context.Context, u contract.User, life time.Duration, issued func(token.JWT) (time.Time, bool)) (bracket, bool) {
	read := func() (reading, bool) {
		a := t.Network.Send(ctx, wire.LoginOf(t.Contract, u, life), wire.Accepted)
		raw, why := wire.TokenIn(t.Contract, a)
		if why != "" {
			return reading{}, false
		}
		t.keep(raw)
		got, err := token.Parse(raw)
		if err != nil {
			return reading{}, false
		}
		at, ok := issued(got)
		return reading{at.Truncate(time.Second), a.Sent, a.Received}, ok
	}
	first, ok := read()
	if !ok {
		return bracket{}, false
	}
	return t.watchClock(ctx, first, read), true
}
