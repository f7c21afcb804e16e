package isolation

import (
	"context"

	"github.com/revocheck/revocheck/reference/internal/fault"
	"github.com/revocheck/revocheck/reference/internal/gateway"
	"github.com/revocheck/revocheck/reference/internal/strategy"
)

var cutOffFaults = []fault.Fault{
	{
		Name: "cut-off-not-latest", Summary: "The logout of an old token moves the user's cut-off back.",
		Adjust: fault.UseNotBefore, Plant: overwriteCutOff,
	},
}

func overwriteCutOff(*gateway.Site) func(*gateway.Process) {
	least := &fault.Notes[int64]{}
	return func(p *gateway.Process) {
		end := p.End
		p.End = func(ctx context.Context, c *gateway.Call) error {
			least.Put(c.Token.Subject, strategy.Generation(c.Token)+1)
			return end(ctx, c)
		}
		p.Check = func(_ context.Context, c *gateway.Call) error {
			if strategy.Generation(c.Token) < least.Get(c.Token.Subject) {
				return gateway.ErrRevoked
			}
			return nil
		}
	}
}
