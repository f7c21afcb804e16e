package preflight

import (
	"context"
	"errors"
	"fmt"

	"github.com/revocheck/revocheck/scenarios/contract"
	"github.com/revocheck/revocheck/scenarios/wire"
)

// Bare is a request that breaks the target where it carries no token, and does
// not where it carries what is no token. The zero value is none.
type Bare struct {
	Request string
	Status  int  // of the request without a token, 5xx
	Made    int  // of the same request with the text not-a-token
	Login   bool // it was the login, so that nobody can have a token
}

// Text says what was seen.
func (b Bare) Text() string {
	return fmt.Sprintf("%s without a token is answered %d, each time, and with the text %s %d", b.Request, b.Status, notAToken, b.Made)
}

// bareTries is how often both requests are sent: a target that breaks now and
// then is not to be taken for one that breaks for want of a token.
const bareTries = 3

// bareLogin looks whether a login that broke does not where the request brings an
// Authorization header, which no login needs.
func (t Target) bareLogin(ctx context.Context, u contract.User, failed error) Bare {
	var e *Error
	if t.Contract.LoginWay() != contract.ByPath || !errors.As(failed, &e) || !e.Unreachable {
		return Bare{}
	}
	plain := wire.LoginOf(t.Contract, u, 0)
	b := t.bare(ctx, plain, func(a wire.Answer) bool {
		raw, why := wire.TokenIn(t.Contract, a)
		t.keep(raw)
		return why == ""
	})
	b.Login = b.Status != 0
	return b
}

// bareRoute is the same of a protected route that broke without a token: with
// what is no token it has to answer as a gateway does that looks at it.
func (t Target) bareRoute(ctx context.Context, s RouteSeen) Bare {
	if s.without.Err != nil || s.without.Status < 500 || t.Contract.Outage.Has(s.without.Status) || !s.accepts(s.live()) {
		return Bare{}
	}
	return t.bare(ctx, wire.CallOf(s.Route), func(a wire.Answer) bool { return a.Err == nil && a.Status < 500 })
}

// bare sends a request in turn without and with a made-up token in the header.
func (t Target) bare(ctx context.Context, plain wire.Request, works func(wire.Answer) bool) Bare {
	in := t.Contract.Carrier
	if in.In == "query" || in.In == "cookie" {
		return Bare{}
	}
	var found Bare
	for range bareTries {
		without := t.Network.Send(ctx, plain, wire.Accepted)
		made := plain
		made.Header = plain.Header.Clone()
		made.Carry(in, notAToken)
		with := t.Network.Send(ctx, made, wire.Accepted)
		if without.Err != nil || without.Status < 500 || !works(with) {
			return Bare{}
		}
		found = Bare{Request: plain.String(), Status: without.Status, Made: with.Status}
	}
	return found
}
