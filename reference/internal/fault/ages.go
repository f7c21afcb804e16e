package fault

import (
	"context"

	"github.com/revocheck/revocheck/reference/internal/gateway"
)

// Ages numbers tokens in the order of their issue, and knows up to which
// number those of each user are ended.
type Ages struct {
	Numbering
	upTo Notes[int]
}

// Watch numbers what the process issues, and refuses what is ended.
func (a *Ages) Watch(p *gateway.Process) {
	issued, check := p.Issued, p.Check
	p.Issued = func(ctx context.Context, c *gateway.Call) error {
		a.Of(p.Key(c))
		return issued(ctx, c)
	}
	p.Check = func(ctx context.Context, c *gateway.Call) error {
		if a.Of(p.Key(c)) <= a.upTo.Get(c.Token.Subject) {
			return gateway.ErrRevoked
		}
		return check(ctx, c)
	}
}

// End ends the tokens of a user up to a number.
func (a *Ages) End(subject string, upTo int) {
	a.upTo.Update(subject, func(old int) int { return max(old, upTo) })
}
