package forgery

import (
	"context"
	"net/http"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/revocheck/revocheck/reference/internal/fault"
	"github.com/revocheck/revocheck/reference/internal/gateway"
	"github.com/revocheck/revocheck/reference/token"
)

var forgedLogoutFaults = []fault.Fault{
	{Name: "logout-unverified", Summary: "A logout ends the token that is named, without verifying the one that names it.", Plant: fault.Each(acceptUnverifiedLogout)},
	{Name: "logout-accepts-resigned", Summary: "A logout checks that a token is signed, and not by whom.", Plant: fault.Each(acceptResignedLogout)},
	{Name: "stray-logout-revives", Summary: "A logout that is refused, for want of a good token, empties the deny-list.", Plant: forgetAtStrayLogout},
	{Name: "logout-denies-forged-expired", Summary: "A logout with an expired token notes its jti, for good measure, and does not verify it.", Plant: fault.Each(denyExpiredAtLogout)},
	{Name: "call-denies-forged-expired", Summary: "A call with an expired token notes its jti, so that it need not be verified again, and has not verified it.", Plant: fault.Each(denyExpiredAtCall)},
}

func acceptUnverifiedLogout(p *gateway.Process) {
	fault.ReadLogoutBy(p, func(c gateway.Credential) (*token.Token, error) {
		f, ok := fault.TakeApart(c.Raw)
		if !ok {
			return nil, gateway.ErrInvalid
		}
		return f.Token(), nil
	})
}

func acceptResignedLogout(p *gateway.Process) {
	fault.ReadLogoutBy(p, func(c gateway.Credential) (*token.Token, error) {
		t, err := fault.Unsigned(p, c.Raw)
		if err == nil && len(t.Signature()) == 0 {
			err = jwt.ErrTokenSignatureInvalid
		}
		return t, err
	})
}

// forgetAtStrayLogout drops every session that was ended before.
func forgetAtStrayLogout(*gateway.Site) func(*gateway.Process) {
	endings := &fault.Notes[int]{}
	return func(p *gateway.Process) {
		check, end, admitLogout := p.Check, p.End, p.AdmitLogout
		p.AdmitLogout = func(r *http.Request) (*gateway.Call, error) {
			c, err := admitLogout(r)
			if err != nil {
				fault.Count(endings, "forgotten")
			}
			return c, err
		}
		p.End = func(ctx context.Context, c *gateway.Call) error {
			endings.Put(p.Key(c), endings.Get("forgotten")+1)
			return end(ctx, c)
		}
		p.Check = func(ctx context.Context, c *gateway.Call) error {
			if at := endings.Get(p.Key(c)); at > 0 && at <= endings.Get("forgotten") {
				return nil
			}
			return check(ctx, c)
		}
	}
}

// denied is an entry for what a token that was not verified says of itself.
func denied(p *gateway.Process, c *gateway.Call) *gateway.Call {
	kept := *c.Token
	kept.Expires = p.Now().Add(time.Hour)
	return &gateway.Call{Credential: c.Credential, Token: &kept}
}

func denyExpiredAtLogout(p *gateway.Process) {
	admitLogout := p.AdmitLogout
	p.AdmitLogout = func(r *http.Request) (*gateway.Call, error) {
		found, err := p.Find(r)
		if c, ok := fault.Unverified(found); err == nil && ok && fault.ExpiredAt(p.Now(), c) {
			return denied(p, c), nil
		}
		return admitLogout(r)
	}
}

func denyExpiredAtCall(p *gateway.Process) {
	admit := p.Admit
	p.Admit = func(r *http.Request) (*gateway.Call, error) {
		found, err := p.Find(r)
		if c, ok := fault.Unverified(found); err == nil && ok && fault.ExpiredAt(p.Now(), c) {
			_ = p.End(r.Context(), denied(p, c)) // it is refused either way
		}
		return admit(r)
	}
}
