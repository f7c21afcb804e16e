package lifecycle

import (
	"cmp"
	"context"
	"time"

	"github.com/revocheck/revocheck/reference/internal/fault"
	"github.com/revocheck/revocheck/reference/internal/gateway"
)

var logoutFaults = []fault.Fault{
	{Name: "logout-does-nothing", Summary: "A logout answers success and ends no token.", Plant: fault.Each(endNothing)},
	{Name: "logout-lost-every-third", Summary: "Every third logout is acknowledged and lost.", Plant: loseEveryThird},
	{Name: "young-token-not-revoked", Summary: "A logout within a second of the login is lost.", Plant: loseYoungTokens},
	{Name: "session-fixated-logout", Summary: "A logout ends the user's newest session, whatever token was sent.", Plant: endNewest},
}

func endNothing(p *gateway.Process) {
	p.End = func(context.Context, *gateway.Call) error { return nil }
}

func loseEveryThird(*gateway.Site) func(*gateway.Process) {
	logouts := &fault.Notes[int]{}
	return func(p *gateway.Process) {
		end := p.End
		p.End = func(ctx context.Context, c *gateway.Call) error {
			if fault.Count(logouts, "all")%3 == 0 {
				return nil
			}
			return end(ctx, c)
		}
	}
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

func endNewest(*gateway.Site) func(*gateway.Process) {
	newest := &fault.Notes[*gateway.Call]{}
	return func(p *gateway.Process) {
		issued, end := p.Issued, p.End
		p.Issued = func(ctx context.Context, c *gateway.Call) error {
			newest.Put(c.Token.Subject, c)
			return issued(ctx, c)
		}
		p.End = func(ctx context.Context, c *gateway.Call) error {
			return end(ctx, cmp.Or(newest.Get(c.Token.Subject), c))
		}
	}
}
