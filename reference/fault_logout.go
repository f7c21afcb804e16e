package reference

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

var logoutFaults = []fault{
	{Name: "logout-does-nothing", Summary: "A logout answers success and ends no token.", plant: each(endNothing)},
	{Name: "logout-lost-every-third", Summary: "Every third logout is acknowledged and lost.", plant: loseEveryThird},
	{Name: "young-token-not-revoked", Summary: "A logout within a second of the login is lost.", plant: loseYoungTokens},
	{Name: "session-fixated-logout", Summary: "A logout ends the user's newest session, whatever token was sent.", plant: endNewest},
	{Name: "second-logout-revives", Summary: "A second logout takes the token off the list again.", plant: reviveOnSecond},
	{Name: "second-logout-500", Summary: "A second logout fails with 500.", plant: each(failSecond)},
	{Name: "logout-without-token-500", Summary: "A logout without a token fails with 500.", plant: each(failWithout)},
	{Name: "logout-expired-token-500", Summary: "A logout with an expired token fails with 500.", plant: each(failExpired)},
}

func endNothing(p *process) {
	p.end = func(context.Context, *call) error { return nil }
}

func loseEveryThird(*site) func(*process) {
	logouts := &notes[int]{}
	return func(p *process) {
		end := p.end
		p.end = func(ctx context.Context, c *call) error {
			if count(logouts, "all")%3 == 0 {
				return nil
			}
			return end(ctx, c)
		}
	}
}

func loseYoungTokens(*site) func(*process) {
	born := &notes[time.Time]{}
	return func(p *process) {
		issued, end := p.issued, p.end
		p.issued = func(ctx context.Context, c *call) error {
			born.put(p.key(c), p.now())
			return issued(ctx, c)
		}
		p.end = func(ctx context.Context, c *call) error {
			if within(p.now(), born.get(p.key(c)), time.Second) {
				return nil
			}
			return end(ctx, c)
		}
	}
}

func endNewest(*site) func(*process) {
	newest := &notes[*call]{}
	return func(p *process) {
		issued, end := p.issued, p.end
		p.issued = func(ctx context.Context, c *call) error {
			newest.put(c.token.Subject, c)
			return issued(ctx, c)
		}
		p.end = func(ctx context.Context, c *call) error {
			return end(ctx, cmp.Or(newest.get(c.token.Subject), c))
		}
	}
}

func reviveOnSecond(*site) func(*process) {
	logouts := &notes[int]{}
	return func(p *process) {
		check, end := p.check, p.end
		p.end = func(ctx context.Context, c *call) error {
			count(logouts, p.key(c))
			return end(ctx, c)
		}
		p.check = func(ctx context.Context, c *call) error {
			if logouts.get(p.key(c)) == 2 {
				return nil
			}
			return check(ctx, c)
		}
	}
}

// failLogoutIf answers 500 to the logouts for which a condition holds.
func failLogoutIf(p *process, condition func(*http.Request) bool) {
	logout := p.logout
	p.logout = func(w http.ResponseWriter, r *http.Request) {
		if condition(r) {
			serveFailure(w)
			return
		}
		logout(w, r)
	}
}

func failSecond(p *process) { failLogoutIf(p, func(r *http.Request) bool { return dead(p, r) }) }

func failWithout(p *process) {
	failLogoutIf(p, func(r *http.Request) bool {
		_, err := p.find(r)
		return errors.Is(err, errNoToken)
	})
}

func failExpired(p *process) {
	failLogoutIf(p, func(r *http.Request) bool {
		found, err := p.find(r)
		if err != nil {
			return false
		}
		_, err = p.verify(found)
		return errors.Is(err, jwt.ErrTokenExpired)
	})
}
