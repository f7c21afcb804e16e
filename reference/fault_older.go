package reference

import (
	"context"
	"errors"
	"net/http"
	"time"
)

var olderFaults = []fault{
	{Name: "second-logout-ends-older", Summary: "A second logout of a token ends those of its user that are more than a second old.", plant: endsOlder(ofADeadToken)},
	{Name: "expired-logout-ends-older", Summary: "A logout with an expired token ends those of its user that are more than a second old.", plant: endsOlder(ofAnExpiredToken)},
	{Name: "logout-denies-forged-expired", Summary: "A logout with an expired token notes its jti, for good measure, and does not verify it.", plant: each(denyExpiredAtLogout)},
	{Name: "call-denies-forged-expired", Summary: "A call with an expired token notes its jti, so that it need not be verified again, and has not verified it.", plant: each(denyExpiredAtCall)},
}

// endsOlder plants a fault in which some logouts move a cut-off by iat to a
// second ago.
func endsOlder(when func(*process, *call) bool) planting {
	return func(*site) func(*process) {
		cuts := &notes[time.Time]{}
		return func(p *process) {
			afterExp := *p
			acceptExpired(&afterExp)
			leave(p, afterExp.verify)
			check, end := p.check, p.end
			p.end = func(ctx context.Context, c *call) error {
				if when(p, c) {
					cuts.put(c.token.Subject, p.now().Add(-time.Second))
				}
				return end(ctx, c)
			}
			p.check = func(ctx context.Context, c *call) error {
				if c.token.IssuedAt.After(cuts.get(c.token.Subject)) {
					return check(ctx, c)
				}
				return errRevoked
			}
		}
	}
}

func ofADeadToken(p *process, c *call) bool {
	return !ofAnExpiredToken(p, c) && errors.Is(p.check(context.Background(), c), errRevoked)
}

func ofAnExpiredToken(p *process, c *call) bool { return expiredAt(p.now(), c) }

func expiredAt(now time.Time, c *call) bool {
	return !c.token.Expires.IsZero() && c.token.Expires.Before(now)
}

// denied is an entry for what a token that was not verified says of itself.
func denied(p *process, c *call) *call {
	kept := *c.token
	kept.Expires = p.now().Add(time.Hour)
	return &call{credential: c.credential, token: &kept}
}

func denyExpiredAtLogout(p *process) {
	leaving := p.leaving
	p.leaving = func(r *http.Request) (*call, error) {
		found, err := p.find(r)
		if c, ok := unverified(found); err == nil && ok && expiredAt(p.now(), c) {
			return denied(p, c), nil
		}
		return leaving(r)
	}
}

func denyExpiredAtCall(p *process) {
	admit := p.admit
	p.admit = func(r *http.Request) (*call, error) {
		found, err := p.find(r)
		if c, ok := unverified(found); err == nil && ok && expiredAt(p.now(), c) {
			_ = p.end(r.Context(), denied(p, c)) // it is refused either way
		}
		return admit(r)
	}
}
