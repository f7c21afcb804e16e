package isolation

import (
	"cmp"
	"context"
	"errors"
	"time"

	"github.com/revocheck/revocheck/reference/internal/fault"
	"github.com/revocheck/revocheck/reference/internal/gateway"
	"github.com/revocheck/revocheck/reference/internal/strategy"
)

var siblingFaults = []fault.Fault{
	{Name: "logout-ends-siblings", Summary: "A logout ends all sessions of the user, where only one should end.", Plant: fault.Each(func(p *gateway.Process) { p.Strategy = strategy.NotBefore(p.Resources()) })},
	{Name: "logout-ends-older-siblings", Summary: "A logout ends the user's older sessions as well.", Plant: endOlder},
	{Name: "session-fixated-logout", Summary: "A logout ends the user's newest session, whatever token was sent.", Plant: endNewest},
	{Name: "siblings-end-later", Summary: "A second after a logout, the user's other sessions are ended.", Plant: endSiblingsLater},
	{
		Name: "only-ten-sessions-end", Summary: "A logout is to end all of the user's sessions, and ends the ten newest.",
		Adjust: fault.EndAllSessions, Plant: endTenNewest,
	},
}

func endOlder(*gateway.Site) func(*gateway.Process) {
	tokens := &fault.Ages{}
	return func(p *gateway.Process) {
		tokens.Watch(p)
		p.End = func(_ context.Context, c *gateway.Call) error {
			tokens.End(c.Token.Subject, tokens.Of(p.Key(c)))
			return nil
		}
	}
}

func endSiblingsLater(*gateway.Site) func(*gateway.Process) {
	tokens, queue := &fault.Ages{}, &fault.Later{}
	return func(p *gateway.Process) {
		tokens.Watch(p)
		end, check := p.End, p.Check
		p.End = func(ctx context.Context, c *gateway.Call) error {
			newest := tokens.Newest()
			queue.Add(p.Now().Add(time.Second), func() error {
				tokens.End(c.Token.Subject, newest)
				return nil
			})
			return end(ctx, c)
		}
		p.Check = func(ctx context.Context, c *gateway.Call) error {
			queue.Flush(p.Now())
			return check(ctx, c)
		}
	}
}

func endTenNewest(*gateway.Site) func(*gateway.Process) {
	tokens, old, shown := &fault.Ages{}, &fault.Notes[int]{}, &fault.Notes[bool]{}
	return func(p *gateway.Process) {
		tokens.Watch(p)
		end, check := p.End, p.Check
		p.End = func(ctx context.Context, c *gateway.Call) error {
			shown.Put(p.Key(c), true)
			old.Put(c.Token.Subject, tokens.Newest()-10)
			return end(ctx, c)
		}
		p.Check = func(ctx context.Context, c *gateway.Call) error {
			err := check(ctx, c)
			left := tokens.Of(p.Key(c)) <= old.Get(c.Token.Subject)
			if errors.Is(err, gateway.ErrRevoked) && left && !shown.Get(p.Key(c)) {
				return nil
			}
			return err
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
