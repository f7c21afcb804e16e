package session

import (
	"context"
	"errors"
	"time"

	"github.com/revocheck/revocheck/reference/internal/fault"
	"github.com/revocheck/revocheck/reference/internal/gateway"
)

const grace = 50 * time.Millisecond

var graceFaults = []fault.Fault{
	{
		Name: "grace-begins-anew", Summary: "Replicas let a token by for 50 ms after its last logout at another one, and not after its first.",
		Adjust: func(cfg *gateway.Config) { cfg.LeakWindow = grace + 20*time.Millisecond }, Plant: beginAnew,
	},
}

func beginAnew(*gateway.Site) func(*gateway.Process) {
	last := &fault.Notes[time.Time]{}
	return func(p *gateway.Process) {
		check, end, own := p.Check, p.End, &fault.Notes[bool]{}
		p.End = func(ctx context.Context, c *gateway.Call) error {
			own.Put(p.Key(c), true)
			last.Put(p.Key(c), p.Now())
			return end(ctx, c)
		}
		p.Check = func(ctx context.Context, c *gateway.Call) error {
			err := check(ctx, c)
			if errors.Is(err, gateway.ErrRevoked) && !own.Get(p.Key(c)) && fault.Within(p.Now(), last.Get(p.Key(c)), grace) {
				return nil
			}
			return err
		}
	}
}
