package preflight

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/revocheck/revocheck/scenarios/contract"
	"github.com/revocheck/revocheck/scenarios/token"
	"github.com/revocheck/revocheck/scenarios/wire"
)

// trySource makes sure that a user's token is obtained where the target file says.
func (t Target) trySource(ctx context.Context, h holder) (token.JWT, error) {
	g, err := wire.AskSource(ctx, t.Network, t.Contract, t.Login, h.user)
	if err != nil {
		return token.JWT{}, t.sourceFailed(h, err)
	}
	t.keep(g.Token)
	live, err := token.Parse(g.Token)
	if err != nil {
		key, fix := "login.command", "let the command print a JWT alone"
		if t.Contract.Login.OAuth != nil {
			key, fix = "login.oauth.scope", "write a scope or an audience for which the tokens are JWTs; with Entra ID, ask for a scope of your own API"
		}
		seen := fmt.Sprintf("what %s gave for user %q is not a JWT: %v", t.Contract.LoginWay(), h.user.Name, err)
		return live, &Error{Problems: []Problem{wrong(key, seen, fix)}}
	}
	return live, nil
}

// sourceFailed says which line to look at where a source gave no token.
func (t Target) sourceFailed(h holder, err error) error {
	what := fmt.Sprintf("no token was obtained for user %q by %s", h.user.Name, t.Contract.LoginWay())
	var s *wire.SourceError
	if !errors.As(err, &s) {
		return &Error{What: what, Fix: err.Error()}
	}
	key := s.Key
	if key == wire.OfUser {
		key = fmt.Sprintf("users[%d].password", h.index)
	}
	return &Error{Unreachable: s.Away, Problems: []Problem{wrong(key, what+": "+s.Seen, s.Fix)}}
}

// tryGiven makes sure that a user's given tokens have not expired, and gives
// the first one. Looking at it does not use it up.
func (t Target) tryGiven(c Clock, h holder) (first token.JWT, err error) {
	u, key := h.user, fmt.Sprintf("users[%d].tokens", h.index)
	if u.TokensFile != "" {
		key += "_file"
	}
	now := time.Now().Add(c.Ahead)
	for i, raw := range u.Tokens {
		given, err := token.Parse(raw)
		if err != nil {
			return first, &Error{Problems: []Problem{wrong(key, fmt.Sprintf("token %d of user %q cannot be used: %v", i+1, u.Name, err), "write whole JWTs, one for each login")}}
		}
		if exp, ok := given.Exp(); ok && exp.Sub(now) < token.LeastGiven {
			return first, &Error{Problems: []Problem{wrong(key, fmt.Sprintf("token %d of user %q %s", i+1, u.Name, ends(exp.Sub(now))), "give fresh ones: each needs at least "+token.LeastGiven.String()+", and as long as the run takes")}}
		}
		if i == 0 {
			first = given
		}
	}
	return first, nil
}

func ends(left time.Duration) string {
	if left <= 0 {
		return fmt.Sprintf("expired %s ago", (-left).Round(time.Second))
	}
	return fmt.Sprintf("expires in %s", left.Round(time.Second))
}

// givenAccepted makes sure that the first given token of each user has not been
// logged out before: each token is good for one run. A gateway that refuses it at
// some routes only is for the scenarios to judge.
func (t Target) givenAccepted(o Observations) error {
	if t.Contract.LoginWay() != contract.ByTokens {
		return nil
	}
	for _, h := range o.holders {
		alive := slices.ContainsFunc(o.Routes, func(s RouteSeen) bool { return !s.Open && !t.Contract.Refuses(s.with[h.index].Status) })
		for _, s := range o.Routes {
			if err := t.turnedAway(s.Route.String(), s.with[h.index]); err != nil {
				return err
			}
		}
		if a := o.Routes[0].with[h.index]; !alive {
			seen := fmt.Sprintf("the first token of user %q is not accepted: %s", h.user.Name, a.Text(wire.Refused))
			return &Error{Problems: []Problem{wrong(fmt.Sprintf("users[%d].tokens", h.index), seen, "was it logged out in a run before? each token is good for one run")}}
		}
	}
	return nil
}
