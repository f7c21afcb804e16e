package lifecycle

import (
	"context"
	"time"

	"github.com/revocheck/revocheck/reference/internal/fault"
	"github.com/revocheck/revocheck/reference/internal/gateway"
)

var logoutFaults = []fault.Fault{
	{Name: "logout-does-nothing", Summary: "A logout answers success and ends no token.", Plant: fault.Each(endNothing)},
	{Name: "young-token-not-revoked", Summary: "A logout within a second of the login is lost.", Plant: loseYoungTokens},
}

func endNothing(p *gateway.Process) {
	p.End = func(context.Context, *gateway.Call) error { return nil }
}

func loseYoungTokens(*gateway.Site) func(*gateway.Process) {
	born := &fault.Notes[time.Time]{}
	return func(p *gateway.Process) {
		issued, end := p.Issued, p.End
		p.Issued = func(ctx context.Context, c *gateway.Call) error {
			born.Put(p.Key(c), p.Now())
			return issued(ctx, c)
		}
		p.End = func(ctx context.Context, c *gateway.Call) error {
			if fault.Within(p.Now(), born.Get(p.Key(c)), time.Second) {
				return nil
			}
			return end(ctx, c)
		}
	}
}
