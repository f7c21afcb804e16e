package reference

import (
	"context"
	"errors"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/revocheck/revocheck/reference/token"
)

var expiryFaults = []Fault{
	{Name: "exp-not-checked", Summary: "Tokens are accepted after exp.", Plant: Each(AcceptExpired)},
	{Name: "exp-text-ignored", Summary: "A token whose exp is text, and not a number, never expires.", Plant: Each(ignoreText)},
	{Name: "expires-early", Summary: "Tokens are refused in the last quarter of their life.", Plant: Each(refuseLastQuarter)},
	{Name: "nbf-not-checked", Summary: "Tokens are accepted before nbf.", Plant: Each(acceptEarly)},
	{
		Name: "iat-future-escapes", Summary: "The cut-off goes by iat, so that a token whose iat lies ahead survives a logout.",
		Adjust: UseNotBefore, Plant: missFutureTokens,
	},
}

// VerifyAt has the verifier believe another time if it fails with the error.
func VerifyAt(p *Process, tolerated error, when func(*token.Token) time.Time) {
	verify := p.Verify
	p.Verify = func(c Credential) (*token.Token, error) {
		t, err := verify(c)
		if !errors.Is(err, tolerated) {
			return t, err
		}
		if t, err = token.Read(c.Raw); err != nil {
			return nil, err
		}
		rules := p.Rules()
		rules.Now = func() time.Time { return when(t) }
		return token.NewVerifier(p.Keys, rules).Verify(c.Raw)
	}
}

func ignoreText(p *Process) {
	verify := p.Verify
	p.Verify = func(c Credential) (*token.Token, error) {
		t, err := verify(c)
		if err == nil {
			return t, nil
		}
		f, ok := TakeApart(c.Raw)
		if _, text := f.Claims["exp"].(string); !ok || !text || !f.SignedBy(p.Keys.Public()) {
			return nil, err
		}
		return token.From(&jwt.Token{Raw: c.Raw, Header: f.Header, Claims: jwt.MapClaims(f.Claims), Signature: f.Signature}), nil
	}
}

func AcceptExpired(p *Process) {
	VerifyAt(p, jwt.ErrTokenExpired, func(t *token.Token) time.Time { return t.Expires.Add(-time.Second) })
}

func acceptEarly(p *Process) {
	VerifyAt(p, jwt.ErrTokenNotValidYet, func(t *token.Token) time.Time {
		begins, _ := t.Number("nbf")
		return time.Unix(int64(begins), 0)
	})
}

func refuseLastQuarter(p *Process) {
	verify := p.Verify
	p.Verify = func(c Credential) (*token.Token, error) {
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

func missFutureTokens(*Site) func(*Process) {
	ended := &Notes[time.Time]{}
	return func(p *Process) {
		check, end := p.Check, p.End
		p.End = func(ctx context.Context, c *Call) error {
			ended.Put(c.Token.Subject, p.Now())
			return end(ctx, c)
		}
		p.Check = func(ctx context.Context, c *Call) error {
			cut := ended.Get(c.Token.Subject)
			if !cut.IsZero() && c.Token.IssuedAt.After(cut) {
				return nil
			}
			return check(ctx, c)
		}
	}
}
