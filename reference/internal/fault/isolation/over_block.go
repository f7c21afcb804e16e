package isolation

import (
	"context"
	"time"

	"github.com/revocheck/revocheck/reference/internal/fault"
	"github.com/revocheck/revocheck/reference/internal/gateway"
)

var overBlockFaults = []fault.Fault{
	{Name: "over-block-one-percent", Summary: "One in 100 live tokens is refused.", Plant: blockOneInHundred},
	{Name: "logout-holds-up-others", Summary: "For 50 ms after a logout other users are refused, except for GET of the first route.", Plant: holdUpOthers},
}

// blockOneInHundred counts tokens, for the same reason.
func blockOneInHundred(*gateway.Site) func(*gateway.Process) {
	numbers := &fault.Numbering{}
	return func(p *gateway.Process) {
		check := p.Check
		p.Check = func(ctx context.Context, c *gateway.Call) error {
			if numbers.Of(p.Key(c))%100 == 0 {
				return gateway.ErrRevoked
			}
			return check(ctx, c)
		}
	}
}

func holdUpOthers(*gateway.Site) func(*gateway.Process) {
	last := &fault.Notes[*gateway.Call]{}
	at := &fault.Notes[time.Time]{}
	return func(p *gateway.Process) {
		end, check := p.End, p.Check
		p.End = func(ctx context.Context, c *gateway.Call) error {
			last.Put("", c)
			at.Put("", p.Now())
			return end(ctx, c)
		}
		p.Check = func(ctx context.Context, c *gateway.Call) error {
			by := last.Get("")
			if by != nil && by.Token.Subject != c.Token.Subject && fault.OtherEntryPoint(c) && fault.Within(p.Now(), at.Get(""), 50*time.Millisecond) {
				return gateway.ErrRevoked
			}
			return check(ctx, c)
		}
	}
}
