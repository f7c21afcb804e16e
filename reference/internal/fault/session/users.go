package session

import (
	"context"

	"github.com/revocheck/revocheck/reference/internal/fault"
	"github.com/revocheck/revocheck/reference/internal/gateway"
)

var userFaults = []fault.Fault{
	{Name: "third-user-not-ended", Summary: "The third user's logouts go to a shard that was never set up: they are acknowledged and lost.", Plant: fault.Each(loseThird)},
}

func loseThird(p *gateway.Process) {
	end := p.End
	p.End = func(ctx context.Context, c *gateway.Call) error {
		if c.Token.Subject == "carol" {
			return nil
		}
		return end(ctx, c)
	}
}
