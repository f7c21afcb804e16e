package wire

import (
	"context"
	"fmt"
	"time"

	"github.com/revocheck/revocheck/scenarios/contract"
)

// Source gets a new token of a user from beside the gateway. Its errors hold no
// secret.
type Source func(ctx context.Context, u contract.User) (raw string, err error)

// Obtain begins a session by login.path or from the source, with a lifetime if it is
// more than 0, and says why there is none. away: it was the gateway that was
// away or broken.
func Obtain(ctx context.Context, n *Network, c contract.Contract, source Source, u contract.User, life time.Duration) (s Session, away bool, why string) {
	if c.LoginWay() != contract.ByPath {
		raw, why := FromSource(ctx, n, c, source, u)
		return Session{Raw: raw, User: u}, false, why
	}
	a := n.Send(ctx, LoginOf(c, u, life), Accepted)
	raw, why := TokenIn(c, a)
	return SessionIn(c, u, raw, a), why != "" && a.Down(), why
}

// FromSource asks a target's own source for a token, at a pace; nil for none.
func FromSource(ctx context.Context, p Pace, c contract.Contract, source Source, u contract.User) (raw, why string) {
	if source == nil {
		return "", fmt.Sprintf("this kind of target has no %s", c.LoginWay())
	}
	if p != nil {
		if err := p.Wait(ctx); err != nil {
			return "", err.Error()
		}
	}
	raw, err := source(ctx, u)
	if err != nil {
		return "", err.Error()
	}
	return raw, ""
}
