package fault

import (
	"context"
	"net/http"
	"time"

	"github.com/revocheck/revocheck/reference/internal/gateway"
	"github.com/revocheck/revocheck/reference/token"
)

// ReadLogoutBy replaces how the token of a logout is read.
func ReadLogoutBy(p *gateway.Process, read func(gateway.Credential) (*token.Token, error)) {
	p.AdmitLogout = func(r *http.Request) (*gateway.Call, error) {
		found, err := p.Find(r)
		if err != nil {
			return nil, err
		}
		t, err := read(found)
		if err != nil {
			return nil, gateway.ErrInvalid
		}
		return &gateway.Call{Credential: found, Token: t}, nil
	}
}

// EndsOlder plants a fault in which some logouts, which may be of expired tokens,
// end all tokens of their user that were issued more than a second ago.
func EndsOlder(when func(*gateway.Process, *gateway.Call) bool) Planting {
	return func(*gateway.Site) func(*gateway.Process) {
		cuts := &Notes[time.Time]{}
		return func(p *gateway.Process) {
			afterExp := *p
			AcceptExpired(&afterExp)
			ReadLogoutBy(p, afterExp.Verify)
			check, end := p.Check, p.End
			p.End = func(ctx context.Context, c *gateway.Call) error {
				if when(p, c) {
					cuts.Put(c.Token.Subject, p.Now().Add(-time.Second))
				}
				return end(ctx, c)
			}
			p.Check = func(ctx context.Context, c *gateway.Call) error {
				if c.Token.IssuedAt.After(cuts.Get(c.Token.Subject)) {
					return check(ctx, c)
				}
				return gateway.ErrRevoked
			}
		}
	}
}

// OfAnExpiredToken picks the calls whose token has expired.
func OfAnExpiredToken(p *gateway.Process, c *gateway.Call) bool { return ExpiredAt(p.Now(), c) }

// ExpiredAt tells whether the token of a call had expired at some instant.
func ExpiredAt(now time.Time, c *gateway.Call) bool {
	return !c.Token.Expires.IsZero() && c.Token.Expires.Before(now)
}
