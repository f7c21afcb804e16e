package isolation

import (
	"context"
	"errors"
	"time"

	"github.com/revocheck/revocheck/reference/internal/fault"
	"github.com/revocheck/revocheck/reference/internal/gateway"
	"github.com/revocheck/revocheck/reference/internal/strategy"
)

var siblingFaults = []fault.Fault{
	{Name: "logout-ends-siblings", Summary: "A logout ends all sessions of the user, where only one should end.", Plant: fault.Each(func(p *gateway.Process) { p.Strategy = strategy.NotBefore(p.Resources()) })},
	{Name: "second-logout-ends-siblings", Summary: "A second logout of a token ends the user's other sessions.", Plant: punishSecondLogout},
	{Name: "logout-ends-older-siblings", Summary: "A logout ends the user's older sessions as well.", Plant: endOlder},
	{Name: "siblings-end-later", Summary: "A second after a logout, the user's other sessions are ended.", Plant: endSiblingsLater},
	{
		Name: "only-ten-sessions-end", Summary: "A logout is to end all of the user's sessions, and ends the ten newest.",
		Adjust: fault.EndAllSessions, Plant: endTenNewest,
	},
}

// ages numbers tokens in the order of their issue, and knows up to which
// number those of each user are ended.
type ages struct {
	fault.Numbering
	upTo fault.Notes[int]
}

// watch numbers what the process issues, and refuses what is ended.
func (a *ages) watch(p *gateway.Process) {
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

func (a *ages) end(subject string, upTo int) {
	a.upTo.Update(subject, func(old int) int { return max(old, upTo) })
}

func punishSecondLogout(*gateway.Site) func(*gateway.Process) {
	tokens, logouts := &ages{}, &fault.Notes[int]{}
	return func(p *gateway.Process) {
		tokens.watch(p)
		end := p.End
		p.End = func(ctx context.Context, c *gateway.Call) error {
			if fault.Count(logouts, p.Key(c)) > 1 {
				tokens.end(c.Token.Subject, tokens.Newest())
			}
			return end(ctx, c)
		}
	}
}

func endOlder(*gateway.Site) func(*gateway.Process) {
	tokens := &ages{}
	return func(p *gateway.Process) {
		tokens.watch(p)
		p.End = func(_ context.Context, c *gateway.Call) error {
			tokens.end(c.Token.Subject, tokens.Of(p.Key(c)))
			return nil
		}
	}
}

func endSiblingsLater(*gateway.Site) func(*gateway.Process) {
	tokens, queue := &ages{}, &fault.Later{}
	return func(p *gateway.Process) {
		tokens.watch(p)
		end, check := p.End, p.Check
		p.End = func(ctx context.Context, c *gateway.Call) error {
			newest := tokens.Newest()
			queue.Add(p.Now().Add(time.Second), func() error {
				tokens.end(c.Token.Subject, newest)
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
	tokens, old, shown := &ages{}, &fault.Notes[int]{}, &fault.Notes[bool]{}
	return func(p *gateway.Process) {
		tokens.watch(p)
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
