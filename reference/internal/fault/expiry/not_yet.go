package expiry

import (
	"context"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/revocheck/revocheck/reference/internal/fault"
	"github.com/revocheck/revocheck/reference/internal/gateway"
	"github.com/revocheck/revocheck/reference/token"
)

var notYetFaults = []fault.Fault{
	{Name: "nbf-not-checked", Summary: "Tokens are accepted before nbf.", Plant: fault.Each(acceptEarly)},
	{
		Name: "iat-future-escapes", Summary: "The cut-off goes by iat, so that a token whose iat lies ahead survives a logout.",
		Adjust: fault.UseNotBefore, Plant: missFutureTokens,
	},
}

func acceptEarly(p *gateway.Process) {
	fault.VerifyAt(p, jwt.ErrTokenNotValidYet, func(t *token.Token) time.Time {
		begins, _ := t.Number("nbf")
		return time.Unix(int64(begins), 0)
	})
}

func missFutureTokens(*gateway.Site) func(*gateway.Process) {
	ended := &fault.Notes[time.Time]{}
	return func(p *gateway.Process) {
		check, end := p.Check, p.End
		p.End = func(ctx context.Context, c *gateway.Call) error {
			ended.Put(c.Token.Subject, p.Now())
			return end(ctx, c)
		}
		p.Check = func(ctx context.Context, c *gateway.Call) error {
			cut := ended.Get(c.Token.Subject)
			if !cut.IsZero() && c.Token.IssuedAt.After(cut) {
				return nil
			}
			return check(ctx, c)
		}
	}
}
