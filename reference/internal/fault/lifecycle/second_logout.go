package lifecycle

import (
	"context"
	"errors"
	"net/http"

	"github.com/golang-jwt/jwt/v5"

	"github.com/revocheck/revocheck/reference/internal/fault"
	"github.com/revocheck/revocheck/reference/internal/gateway"
)

var secondLogoutFaults = []fault.Fault{
	{Name: "second-logout-revives", Summary: "A second logout takes the token off the list again.", Plant: reviveOnSecond},
	{Name: "second-logout-500", Summary: "A second logout fails with 500.", Plant: fault.Each(failSecond)},
	{Name: "second-logout-ends-siblings", Summary: "A second logout of a token ends the user's other sessions.", Plant: punishSecondLogout},
	{Name: "second-logout-ends-older", Summary: "A second logout of a token ends those of its user that are more than a second old.", Plant: fault.EndsOlder(ofADeadToken)},
	{Name: "logout-without-token-500", Summary: "A logout without a token fails with 500.", Plant: fault.Each(failWithout)},
	{Name: "logout-expired-token-500", Summary: "A logout with an expired token fails with 500.", Plant: fault.Each(failExpired)},
}

func reviveOnSecond(*gateway.Site) func(*gateway.Process) {
	logouts := &fault.Notes[int]{}
	return func(p *gateway.Process) {
		check, end := p.Check, p.End
		p.End = func(ctx context.Context, c *gateway.Call) error {
			fault.Count(logouts, p.Key(c))
			return end(ctx, c)
		}
		p.Check = func(ctx context.Context, c *gateway.Call) error {
			if logouts.Get(p.Key(c)) == 2 {
				return nil
			}
			return check(ctx, c)
		}
	}
}

// failLogoutIf answers 500 to the logouts for which a condition holds.
func failLogoutIf(p *gateway.Process, condition func(*http.Request) bool) {
	logout := p.Logout
	p.Logout = func(w http.ResponseWriter, r *http.Request) {
		if condition(r) {
			fault.ServeFailure(w)
			return
		}
		logout(w, r)
	}
}

func failSecond(p *gateway.Process) {
	failLogoutIf(p, func(r *http.Request) bool { return dead(p, r) })
}

func failWithout(p *gateway.Process) {
	failLogoutIf(p, func(r *http.Request) bool {
		_, err := p.Find(r)
		return errors.Is(err, gateway.ErrNoToken)
	})
}

func failExpired(p *gateway.Process) {
	failLogoutIf(p, func(r *http.Request) bool {
		found, err := p.Find(r)
		if err != nil {
			return false
		}
		_, err = p.Verify(found)
		return errors.Is(err, jwt.ErrTokenExpired)
	})
}

func ofADeadToken(p *gateway.Process, c *gateway.Call) bool {
	return !fault.OfAnExpiredToken(p, c) && errors.Is(p.Check(context.Background(), c), gateway.ErrRevoked)
}

func punishSecondLogout(*gateway.Site) func(*gateway.Process) {
	tokens, logouts := &fault.Ages{}, &fault.Notes[int]{}
	return func(p *gateway.Process) {
		tokens.Watch(p)
		end := p.End
		p.End = func(ctx context.Context, c *gateway.Call) error {
			if fault.Count(logouts, p.Key(c)) > 1 {
				tokens.End(c.Token.Subject, tokens.Newest())
			}
			return end(ctx, c)
		}
	}
}
