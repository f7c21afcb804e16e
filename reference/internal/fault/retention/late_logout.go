package retention

import (
	"context"
	"sync"
	"time"

	"github.com/revocheck/revocheck/reference/internal/fault"
	"github.com/revocheck/revocheck/reference/internal/gateway"
	"github.com/revocheck/revocheck/reference/store"
)

var lateLogoutFaults = []fault.Fault{
	{Name: "late-logout-lost", Summary: "A logout more than half an hour after the login is acknowledged and lost.", Plant: loseLateLogouts},
	{Name: "served-stale-once", Summary: "An answer more than 2 s old is served from a cache once more and then renewed; a logout clears younger ones only.", Plant: serveStale},
	{Name: "polls-seldom-when-quiet", Summary: "A replica hears of another's logout 3 s late if there was none for 5 s.", Plant: pollSeldom},
	{Name: "first-check-after-silence-open", Summary: "The first check after 10 s without any finds a connection that is gone, and lets the call by.", Plant: openAfterSilence},
}

func loseLateLogouts(*gateway.Site) func(*gateway.Process) {
	born := &fault.Notes[time.Time]{}
	return func(p *gateway.Process) {
		issued, end := p.Issued, p.End
		p.Issued = func(ctx context.Context, c *gateway.Call) error {
			born.Put(p.Key(c), p.Now())
			return issued(ctx, c)
		}
		p.End = func(ctx context.Context, c *gateway.Call) error {
			if at := born.Get(p.Key(c)); !at.IsZero() && !fault.Within(p.Now(), at, 30*time.Minute) {
				return nil
			}
			return end(ctx, c)
		}
	}
}

func serveStale(*gateway.Site) func(*gateway.Process) {
	const fresh, kept = 2 * time.Second, 10 * time.Second
	live, one := &fault.Notes[time.Time]{}, &sync.Mutex{}
	return func(p *gateway.Process) {
		check, end := p.Check, p.End
		p.Check = func(ctx context.Context, c *gateway.Call) error {
			one.Lock()
			defer one.Unlock()
			key, now := p.Key(c), p.Now()
			made := live.Get(key)
			if fault.Within(now, made, fresh) {
				return nil
			}
			live.Put(key, time.Time{})
			err := check(ctx, c)
			if err == nil {
				live.Put(key, now)
			}
			if fault.Within(now, made, kept) {
				return nil
			}
			return err
		}
		p.End = func(ctx context.Context, c *gateway.Call) error {
			one.Lock()
			defer one.Unlock()
			if fault.Within(p.Now(), live.Get(p.Key(c)), fresh) {
				live.Put(p.Key(c), time.Time{})
			}
			return end(ctx, c)
		}
	}
}

// seldom is a list that hears late of what was added after a quiet time.
type seldom struct {
	store.List // at once
	late       store.List
	quiet      *fault.Notes[bool]
	last       *fault.Notes[time.Time]
	now        func() time.Time
}

func pollSeldom(s *gateway.Site) func(*gateway.Process) {
	quiet, last := &fault.Notes[bool]{}, &fault.Notes[time.Time]{}
	last.Put("", s.Config.Clock.Now())
	return func(p *gateway.Process) {
		p.List = &seldom{List: p.List, late: s.HearsLate(p, 3*time.Second, p.Now), quiet: quiet, last: last, now: p.Now}
	}
}

func (l *seldom) Add(ctx context.Context, key string, ttl time.Duration) error {
	l.quiet.Put(key, !fault.Within(l.now(), l.last.Get(""), 5*time.Second))
	l.last.Put("", l.now())
	return l.late.Add(ctx, key, ttl)
}

func (l *seldom) Has(ctx context.Context, key string) (bool, error) {
	if l.quiet.Get(key) {
		return l.late.Has(ctx, key)
	}
	return l.List.Has(ctx, key)
}

func openAfterSilence(s *gateway.Site) func(*gateway.Process) {
	last := &fault.Notes[time.Time]{}
	last.Put("", s.Config.Clock.Now())
	return func(p *gateway.Process) {
		check := p.Check
		p.Check = func(ctx context.Context, c *gateway.Call) error {
			silent := !fault.Within(p.Now(), last.Get(""), 10*time.Second)
			last.Put("", p.Now())
			if silent {
				return nil
			}
			return check(ctx, c)
		}
	}
}
