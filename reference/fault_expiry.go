package reference

import (
	"context"
	"errors"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/revocheck/revocheck/reference/token"
)

var expiryFaults = []fault{
	{Name: "exp-not-checked", Summary: "Tokens are accepted after exp.", plant: each(acceptExpired)},
	{Name: "exp-text-ignored", Summary: "A token whose exp is text, and not a number, never expires.", plant: each(ignoreText)},
	{Name: "expires-early", Summary: "Tokens are refused in the last quarter of their life.", plant: each(refuseLastQuarter)},
	{Name: "nbf-not-checked", Summary: "Tokens are accepted before nbf.", plant: each(acceptEarly)},
	{
		Name: "iat-future-escapes", Summary: "The cut-off goes by iat, so that a token whose iat lies ahead survives a logout.",
		adjust: useNotBefore, plant: missFutureTokens,
	},
}

// verifyAt has the verifier believe another time if it fails with the error.
func verifyAt(p *process, tolerated error, when func(*token.Token) time.Time) {
	verify := p.verify
	p.verify = func(c credential) (*token.Token, error) {
		t, err := verify(c)
		if !errors.Is(err, tolerated) {
			return t, err
		}
		if t, err = token.Read(c.raw); err != nil {
			return nil, err
		}
		rules := p.rules()
		rules.Now = func() time.Time { return when(t) }
		return token.NewVerifier(p.keys, rules).Verify(c.raw)
	}
}

func ignoreText(p *process) {
	verify := p.verify
	p.verify = func(c credential) (*token.Token, error) {
		t, err := verify(c)
		if err == nil {
			return t, nil
		}
		f, ok := takeApart(c.raw)
		if _, text := f.claims["exp"].(string); !ok || !text || !f.signedBy(p.keys.Public()) {
			return nil, err
		}
		return token.From(&jwt.Token{Raw: c.raw, Header: f.header, Claims: jwt.MapClaims(f.claims), Signature: f.signature}), nil
	}
}

func acceptExpired(p *process) {
	verifyAt(p, jwt.ErrTokenExpired, func(t *token.Token) time.Time { return t.Expires.Add(-time.Second) })
}

func acceptEarly(p *process) {
	verifyAt(p, jwt.ErrTokenNotValidYet, func(t *token.Token) time.Time {
		begins, _ := t.Number("nbf")
		return time.Unix(int64(begins), 0)
	})
}

func refuseLastQuarter(p *process) {
	verify := p.verify
	p.verify = func(c credential) (*token.Token, error) {
		t, err := verify(c)
		if err != nil || t.Expires.IsZero() {
			return t, err
		}
		if quarter := t.Expires.Sub(t.IssuedAt) / 4; p.now().After(t.Expires.Add(-quarter)) {
			return nil, jwt.ErrTokenExpired
		}
		return t, nil
	}
}

func missFutureTokens(*site) func(*process) {
	ended := &notes[time.Time]{}
	return func(p *process) {
		check, end := p.check, p.end
		p.end = func(ctx context.Context, c *call) error {
			ended.put(c.token.Subject, p.now())
			return end(ctx, c)
		}
		p.check = func(ctx context.Context, c *call) error {
			cut := ended.get(c.token.Subject)
			if !cut.IsZero() && c.token.IssuedAt.After(cut) {
				return nil
			}
			return check(ctx, c)
		}
	}
}
