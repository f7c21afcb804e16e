// Package preflight looks at a target before the first scenario: whether it
// answers, whether its users can have tokens, what its clock shows, and whether
// it is as its contract says. It may change.
package preflight

import (
	"context"
	"time"

	"github.com/revocheck/revocheck/scenarios/contract"
	"github.com/revocheck/revocheck/scenarios/wire"
)

// Target is an open target and how to ask it.
type Target struct {
	Contract  contract.Contract // with its defaults
	Endpoints []string
	Network   *wire.Network
	// Login gets a token where the contract has login.oauth or login.command.
	Login wire.Source
	// Now is the target's clock where it can be read; nil where it cannot.
	Now func() time.Time
	// Remote: the target runs on its own, so that its clock has to be compared.
	Remote bool
	// Secret is told of each token, which no report may show; nil tells nobody.
	Secret func(raw string)
}

// Error says why a target cannot be tested at all.
type Error struct {
	// Unreachable: nothing answers. Otherwise something does, but not as the
	// contract says.
	Unreachable bool
	What        string
	// Fix says what to look at.
	Fix string
}

func (e *Error) Error() string {
	if e.Fix == "" {
		return e.What
	}
	return e.What + ": " + e.Fix
}

// Check makes sure that the target answers and that its users can have tokens,
// and compares the clocks. An error is an *Error.
func (t Target) Check(ctx context.Context) (clock Clock, err error) {
	for i, endpoint := range t.Endpoints {
		seen, err := t.reach(ctx, i, endpoint)
		if err != nil {
			return clock, err
		}
		if i == 0 {
			clock = seen
		}
	}
	for _, u := range t.Contract.Users {
		if err := t.tryUser(ctx, clock, u); err != nil {
			return clock, err
		}
	}
	if clock.Undated && t.Contract.LoginWay() == contract.ByPath {
		clock = t.undatedClock(ctx, t.Contract.Users[0])
	}
	return clock, nil
}

// tryUser makes sure that a user can have a token.
func (t Target) tryUser(ctx context.Context, c Clock, u contract.User) error {
	switch t.Contract.LoginWay() {
	case contract.ByPath:
		return t.tryLogin(ctx, u)
	case contract.ByTokens:
		return t.tryGiven(ctx, c, u)
	}
	return t.trySource(ctx, u)
}

func (t Target) keep(raw string) {
	if t.Secret != nil {
		t.Secret(raw)
	}
}
