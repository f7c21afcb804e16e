package reference

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

var logoutFaults = []Fault{
	{Name: "logout-does-nothing", Summary: "A logout answers success and ends no token.", Plant: Each(endNothing)},
	{Name: "logout-lost-every-third", Summary: "Every third logout is acknowledged and lost.", Plant: loseEveryThird},
	{Name: "young-token-not-revoked", Summary: "A logout within a second of the login is lost.", Plant: loseYoungTokens},
	{Name: "session-fixated-logout", Summary: "A logout ends the user's newest session, whatever token was sent.", Plant: endNewest},
	{Name: "second-logout-revives", Summary: "A second logout takes the token off the list again.", Plant: reviveOnSecond},
	{Name: "second-logout-500", Summary: "A second logout fails with 500.", Plant: Each(failSecond)},
	{Name: "logout-without-token-500", Summary: "A logout without a token fails with 500.", Plant: Each(failWithout)},
	{Name: "logout-expired-token-500", Summary: "A logout with an expired token fails with 500.", Plant: Each(failExpired)},
}

func endNothing(p *Process) {
	p.End = func(context.Context, *Call) error { return nil }
}

func loseEveryThird(*Site) func(*Process) {
	logouts := &Notes[int]{}
	return func(p *Process) {
		end := p.End
		p.End = func(ctx context.Context, c *Call) error {
			if Count(logouts, "all")%3 == 0 {
				return nil
			}
			return end(ctx, c)
		}
	}
}

func loseYoungTokens(*Site) func(*Process) {
	born := &Notes[time.Time]{}
	return func(p *Process) {
		issued, end := p.Issued, p.End
		p.Issued = func(ctx context.Context, c *Call) error {
			born.Put(p.Key(c), p.Now())
			return issued(ctx, c)
		}
		p.End = func(ctx context.Context, c *Call) error {
			if Within(p.Now(), born.Get(p.Key(c)), time.Second) {
				return nil
			}
			return end(ctx, c)
		}
	}
}

func endNewest(*Site) func(*Process) {
	newest := &Notes[*Call]{}
	return func(p *Process) {
		issued, end := p.Issued, p.End
		p.Issued = func(ctx context.Context, c *Call) error {
			newest.Put(c.Token.Subject, c)
			return issued(ctx, c)
		}
		p.End = func(ctx context.Context, c *Call) error {
			return end(ctx, cmp.Or(newest.Get(c.Token.Subject), c))
		}
	}
}

func reviveOnSecond(*Site) func(*Process) {
	logouts := &Notes[int]{}
	return func(p *Process) {
		check, end := p.Check, p.End
		p.End = func(ctx context.Context, c *Call) error {
			Count(logouts, p.Key(c))
			return end(ctx, c)
		}
		p.Check = func(ctx context.Context, c *Call) error {
			if logouts.Get(p.Key(c)) == 2 {
				return nil
			}
			return check(ctx, c)
		}
	}
}

// failLogoutIf answers 500 to the logouts for which a condition holds.
func failLogoutIf(p *Process, condition func(*http.Request) bool) {
	logout := p.Logout
	p.Logout = func(w http.ResponseWriter, r *http.Request) {
		if condition(r) {
			ServeFailure(w)
			return
		}
		logout(w, r)
	}
}

func failSecond(p *Process) { failLogoutIf(p, func(r *http.Request) bool { return dead(p, r) }) }

func failWithout(p *Process) {
	failLogoutIf(p, func(r *http.Request) bool {
		_, err := p.Find(r)
		return errors.Is(err, ErrNoToken)
	})
}

func failExpired(p *Process) {
	failLogoutIf(p, func(r *http.Request) bool {
		found, err := p.Find(r)
		if err != nil {
			return false
		}
		_, err = p.Verify(found)
		return errors.Is(err, jwt.ErrTokenExpired)
	})
}
