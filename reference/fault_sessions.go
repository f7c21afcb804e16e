package reference

import (
	"context"
	"errors"
	"time"
)

var sessionFaults = []fault{
	{Name: "second-logout-ends-siblings", Summary: "A second logout of a token ends the user's other sessions.", plant: punishSecondLogout},
	{Name: "logout-ends-older-siblings", Summary: "A logout ends the user's older sessions as well.", plant: endOlder},
	{Name: "siblings-end-later", Summary: "A second after a logout, the user's other sessions are ended.", plant: endSiblingsLater},
	{
		Name: "only-ten-sessions-end", Summary: "A logout is to end all of the user's sessions, and ends the ten newest.",
		adjust: endAllSessions, plant: endTenNewest,
	},
}

func endAllSessions(cfg *Config) { cfg.LogoutScope = ScopeUser }

// ages numbers tokens in the order of their issue, and knows up to which
// number those of each user are ended.
type ages struct {
	numbering
	upTo notes[int]
}

// watch numbers what the process issues, and refuses what is ended.
func (a *ages) watch(p *process) {
	issued, check := p.issued, p.check
	p.issued = func(ctx context.Context, c *call) error {
		a.of(p.key(c))
		return issued(ctx, c)
	}
	p.check = func(ctx context.Context, c *call) error {
		if a.of(p.key(c)) <= a.upTo.get(c.token.Subject) {
			return errRevoked
		}
		return check(ctx, c)
	}
}

func (a *ages) end(subject string, upTo int) {
	a.upTo.update(subject, func(old int) int { return max(old, upTo) })
}

func punishSecondLogout(*site) func(*process) {
	tokens, logouts := &ages{}, &notes[int]{}
	return func(p *process) {
		tokens.watch(p)
		end := p.end
		p.end = func(ctx context.Context, c *call) error {
			if count(logouts, p.key(c)) > 1 {
				tokens.end(c.token.Subject, tokens.newest())
			}
			return end(ctx, c)
		}
	}
}

func endOlder(*site) func(*process) {
	tokens := &ages{}
	return func(p *process) {
		tokens.watch(p)
		p.end = func(_ context.Context, c *call) error {
			tokens.end(c.token.Subject, tokens.of(p.key(c)))
			return nil
		}
	}
}

func endSiblingsLater(*site) func(*process) {
	tokens, queue := &ages{}, &later{}
	return func(p *process) {
		tokens.watch(p)
		end, check := p.end, p.check
		p.end = func(ctx context.Context, c *call) error {
			newest := tokens.newest()
			queue.add(p.now().Add(time.Second), func() error {
				tokens.end(c.token.Subject, newest)
				return nil
			})
			return end(ctx, c)
		}
		p.check = func(ctx context.Context, c *call) error {
			queue.flush(p.now())
			return check(ctx, c)
		}
	}
}

func endTenNewest(*site) func(*process) {
	tokens, old, shown := &ages{}, &notes[int]{}, &notes[bool]{}
	return func(p *process) {
		tokens.watch(p)
		end, check := p.end, p.check
		p.end = func(ctx context.Context, c *call) error {
			shown.put(p.key(c), true)
			old.put(c.token.Subject, tokens.newest()-10)
			return end(ctx, c)
		}
		p.check = func(ctx context.Context, c *call) error {
			err := check(ctx, c)
			left := tokens.of(p.key(c)) <= old.get(c.token.Subject)
			if errors.Is(err, errRevoked) && left && !shown.get(p.key(c)) {
				return nil
			}
			return err
		}
	}
}
