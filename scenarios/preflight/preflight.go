// Package preflight looks at a target before the first scenario: whether it
// answers, whether its users can have tokens, what its clock shows, and whether
// it is as its contract says. It may change.
package preflight

import (
	"context"
	"time"

	"github.com/revocheck/revocheck/scenarios/contract"
	"github.com/revocheck/revocheck/scenarios/token"
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
	// PublicKeyPEM is the public half of signing.key_file; nil if there is none.
	PublicKeyPEM func() []byte
	// Mint signs a token with the declared key; nil if there is none.
	Mint func(claims, header map[string]any) (string, error)
	// Brief: nothing is sent but what shows that the target answers and that its
	// users can have tokens.
	Brief bool
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
	// Problems are what the target showed to be wrong in the contract, if that
	// is why.
	Problems []Problem
}

func (e *Error) Error() string {
	if len(e.Problems) > 0 {
		return Lines(e.Problems)
	}
	if e.Fix == "" {
		return e.What
	}
	return e.What + ": " + e.Fix
}

// Check makes sure that the target answers, that its users can have tokens and
// that the contract describes it, and compares the clocks. An error is an
// *Error; what was seen by then is returned beside it. No given token is logged
// out.
func (t Target) Check(ctx context.Context) (Observations, error) {
	var o Observations
	if err := t.reachAll(ctx, &o); err != nil {
		return o, err
	}
	for i, u := range t.Contract.Users {
		h, err := t.tryUser(ctx, o, holder{index: i, user: u})
		if err != nil {
			if o.Bare = t.bareLogin(ctx, u, err); o.Bare.Login {
				return o, nil // the scenarios say so
			}
			return o, err
		}
		o.holders = append(o.holders, h)
	}
	if t.Brief {
		return o, nil
	}
	if o.Undated && t.Contract.LoginWay() == contract.ByPath {
		o.Clock = t.undatedClock(ctx, t.Contract.Users[0])
	}
	t.compare(ctx, &o)
	if len(o.Problems) > 0 {
		return o, &Error{Problems: o.Problems}
	}
	return o, t.givenAccepted(o)
}

func (t Target) reachAll(ctx context.Context, o *Observations) error {
	for i, endpoint := range t.Endpoints {
		if t.Brief && i > 0 {
			break // a scenario calls there anyway
		}
		seen, err := t.reach(ctx, i, endpoint)
		if err != nil {
			return err
		}
		if i == 0 {
			o.Clock = seen.clock
		}
		o.reached = append(o.reached, seen.answer)
	}
	return nil
}

// compare holds what the target shows against the contract. A carrier that no
// route takes hides everything else.
func (t Target) compare(ctx context.Context, o *Observations) {
	t.observeRoutes(ctx, o)
	t.compareEndpoints(ctx, o)
	if t.otherCarrier(ctx, o) {
		return
	}
	for _, s := range o.Routes {
		o.problem(t.routeProblem(ctx, s))
	}
	t.compareIdentities(ctx, o)
	t.compareHits(ctx, o)
	t.compareIntrospection(ctx, o)
	t.compareStreams(ctx, o)
	t.compareSigning(ctx, o)
	t.compareSession(ctx, o)
	t.compareRevokeAll(ctx, o)
	t.tryLogout(ctx, o)
}

// holder is a user and a live token of theirs.
type holder struct {
	index int // in the contract
	user  contract.User
	live  token.JWT
	// others are what else a login gave that is a token, as if the contract had
	// it there.
	others []otherToken
}

// tryUser makes sure that a user can have a token, and gets one.
func (t Target) tryUser(ctx context.Context, o Observations, h holder) (got holder, err error) {
	switch t.Contract.LoginWay() {
	case contract.ByPath:
		return t.tryLogin(ctx, o, h)
	case contract.ByTokens:
		h.live, err = t.tryGiven(o.Clock, h)
	default:
		h.live, err = t.trySource(ctx, h)
	}
	return h, err
}

func (t Target) keep(raw string) {
	if t.Secret != nil && raw != "" {
		t.Secret(raw)
	}
}
