package expiry

import (
	"github.com/golang-jwt/jwt/v5"

	"github.com/revocheck/revocheck/reference/internal/fault"
	"github.com/revocheck/revocheck/reference/internal/gateway"
	"github.com/revocheck/revocheck/reference/token"
)

var expFaults = []fault.Fault{
	{Name: "exp-not-checked", Summary: "Tokens are accepted after exp.", Plant: fault.Each(fault.AcceptExpired)},
	{Name: "exp-text-ignored", Summary: "A token whose exp is text, and not a number, never expires.", Plant: fault.Each(ignoreText)},
	{Name: "expires-early", Summary: "Tokens are refused in the last quarter of their life.", Plant: fault.Each(refuseLastQuarter)},
}

func ignoreText(p *gateway.Process) {
	verify := p.Verify
	p.Verify = func(c gateway.Credential) (*token.Token, error) {
		t, err := verify(c)
		if err == nil {
			return t, nil
		}
		f, ok := fault.TakeApart(c.Raw)
		if _, text := f.Claims["exp"].(string); !ok || !text || !f.SignedBy(p.Keys.Public()) {
			return nil, err
		}
		return f.Token(), nil
	}
}

func refuseLastQuarter(p *gateway.Process) {
	verify := p.Verify
	p.Verify = func(c gateway.Credential) (*token.Token, error) {
		t, err := verify(c)
		if err != nil || t.Expires.IsZero() {
			return t, err
		}
		if quarter := t.Expires.Sub(t.IssuedAt) / 4; p.Now().After(t.Expires.Add(-quarter)) {
			return nil, jwt.ErrTokenExpired
		}
		return t, nil
	}
}
