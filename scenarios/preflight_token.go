package scenarios

import (
	"context"
	"fmt"
	"time"

	"github.com/revocheck/revocheck/scenarios/contract"
	"github.com/revocheck/revocheck/scenarios/wire"
)

// trySource makes sure that a user's token is had where the target file says.
func (r *run) trySource(ctx context.Context, login func(context.Context, User) (string, error), u User) error {
	raw, why := r.source(ctx, login, u)
	if why != "" {
		return &PreflightError{What: fmt.Sprintf("no token was had for user %q by %s", u.Name, r.contract.LoginWay()), Fix: why}
	}
	r.secret(raw)
	if _, err := parseToken(raw); err != nil {
		return &PreflightError{What: fmt.Sprintf("what %s gave for user %q is not a JWT", r.contract.LoginWay(), u.Name), Fix: err.Error() + "; with Entra ID, ask for a scope of your own API"}
	}
	return nil
}

// tryGiven makes sure that a user's given tokens have not expired, and that
// the first one is accepted. That call does not use it up.
func (r *run) tryGiven(ctx context.Context, n *wire.Network, u User) error {
	now := time.Now().Add(r.skew.ahead)
	for i, raw := range u.Tokens {
		t, err := parseToken(raw)
		if err != nil {
			return &PreflightError{What: fmt.Sprintf("token %d of user %q cannot be used", i+1, u.Name), Fix: err.Error()}
		}
		if exp, ok := t.Exp(); ok && exp.Sub(now) < leastGiven {
			return &PreflightError{What: fmt.Sprintf("token %d of user %q %s", i+1, u.Name, ends(exp.Sub(now))), Fix: "give fresh ones: each needs at least " + leastGiven.String() + ", and as long as the run takes"}
		}
	}
	return r.tryToken(ctx, n, u, u.Tokens[0])
}

func ends(left time.Duration) string {
	if left <= 0 {
		return fmt.Sprintf("expired %s ago", (-left).Round(time.Second))
	}
	return fmt.Sprintf("expires in %s", left.Round(time.Second))
}

func (r *run) tryToken(ctx context.Context, n *wire.Network, u User, raw string) error {
	route := r.contract.Routes[0]
	req := wire.CallOf(route)
	req.Carry(r.contract.Carrier, raw)
	a := n.Send(ctx, req, Accepted)
	if err := r.turnedAway(route.String(), a); err != nil {
		return err
	}
	if o := wire.Judge(r.contract, route, &u, a); o != Accepted {
		return &PreflightError{What: fmt.Sprintf("the first token of user %q is not accepted: %s", u.Name, a.Text(o)), Fix: "was it logged out in a run before? each token is good for one run"}
	}
	return nil
}

// PreflightPlan is what a run sends before its first scenario.
func PreflightPlan(target Target) []Planned {
	c, pl := target.Contract().WithDefaults(), &plan{}
	for i := range c.Endpoints {
		req := wire.CallOf(c.Routes[0])
		req.Replica = i
		pl.add(req.String()+" without a token", Gateway)
	}
	if target.Shared() {
		pl.add(wire.CallOf(c.Routes[0]).String()+" without a token, at most, to see a second of its clock begin", Gateway)
		pl.sent[len(pl.sent)-1].Count = readings(c)
	}
	for i, u := range c.Users {
		switch what := fmt.Sprintf(" for user %d", i+1); c.LoginWay() {
		case contract.ByPath:
			pl.add(wire.LoginOf(c, u, 0).String()+what, Gateway)
		case contract.ByTokens:
			pl.add(c.Routes[0].String()+" with the first token"+what, Gateway)
		default:
			pl.add(c.LoginText()+what, TokenSource)
		}
	}
	return pl.sent
}
