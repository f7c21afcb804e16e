package reference

import (
	"context"
	"errors"
	"net/http"
	"time"
)

var olderFaults = []Fault{
	{Name: "second-logout-ends-older", Summary: "A second logout of a token ends those of its user that are more than a second old.", Plant: EndsOlder(ofADeadToken)},
	{Name: "expired-logout-ends-older", Summary: "A logout with an expired token ends those of its user that are more than a second old.", Plant: EndsOlder(OfAnExpiredToken)},
	{Name: "logout-denies-forged-expired", Summary: "A logout with an expired token notes its jti, for good measure, and does not verify it.", Plant: Each(denyExpiredAtLogout)},
	{Name: "call-denies-forged-expired", Summary: "A call with an expired token notes its jti, so that it need not be verified again, and has not verified it.", Plant: Each(denyExpiredAtCall)},
}

// EndsOlder plants a fault in which some logouts move a cut-off by iat to a
// second ago.
func EndsOlder(when func(*Process, *Call) bool) Planting {
	return func(*Site) func(*Process) {
		cuts := &Notes[time.Time]{}
		return func(p *Process) {
			afterExp := *p
			AcceptExpired(&afterExp)
			ReadLogoutBy(p, afterExp.Verify)
			check, end := p.Check, p.End
			p.End = func(ctx context.Context, c *Call) error {
				if when(p, c) {
					cuts.Put(c.Token.Subject, p.Now().Add(-time.Second))
				}
				return end(ctx, c)
			}
			p.Check = func(ctx context.Context, c *Call) error {
				if c.Token.IssuedAt.After(cuts.Get(c.Token.Subject)) {
					return check(ctx, c)
				}
				return ErrRevoked
			}
		}
	}
}

func ofADeadToken(p *Process, c *Call) bool {
	return !OfAnExpiredToken(p, c) && errors.Is(p.Check(context.Background(), c), ErrRevoked)
}

func OfAnExpiredToken(p *Process, c *Call) bool { return ExpiredAt(p.Now(), c) }

func ExpiredAt(now time.Time, c *Call) bool {
	return !c.Token.Expires.IsZero() && c.Token.Expires.Before(now)
}

// denied is an entry for what a token that was not verified says of itself.
func denied(p *Process, c *Call) *Call {
	kept := *c.Token
	kept.Expires = p.Now().Add(time.Hour)
	return &Call{Credential: c.Credential, Token: &kept}
}

func denyExpiredAtLogout(p *Process) {
	leaving := p.AdmitLogout
	p.AdmitLogout = func(r *http.Request) (*Call, error) {
		found, err := p.Find(r)
		if c, ok := Unverified(found); err == nil && ok && ExpiredAt(p.Now(), c) {
			return denied(p, c), nil
		}
		return leaving(r)
	}
}

func denyExpiredAtCall(p *Process) {
	admit := p.Admit
	p.Admit = func(r *http.Request) (*Call, error) {
		found, err := p.Find(r)
		if c, ok := Unverified(found); err == nil && ok && ExpiredAt(p.Now(), c) {
			_ = p.End(r.Context(), denied(p, c)) // it is refused either way
		}
		return admit(r)
	}
}
