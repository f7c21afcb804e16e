package reference

import (
	"context"
	"sync"
	"time"

	"github.com/revocheck/revocheck/reference/store"
	"github.com/revocheck/revocheck/reference/token"
)

var quietFaults = []Fault{
	{Name: "served-stale-once", Summary: "An answer more than 2 s old is served from a cache once more and then renewed; a logout clears younger ones only.", Plant: serveStale},
	{Name: "polls-seldom-when-quiet", Summary: "A replica hears of another's logout 3 s late if there was none for 5 s.", Plant: pollSeldom},
	{Name: "first-check-after-silence-open", Summary: "The first check after 10 s without any finds a connection that is gone, and lets the call by.", Plant: openAfterSilence},
	{Name: "ttl-jitters", Summary: "Of the times to live, every fifth is a tenth too short.", Plant: jitter},
}

func serveStale(*Site) func(*Process) {
	const fresh, kept = 2 * time.Second, 10 * time.Second
	live, one := &Notes[time.Time]{}, &sync.Mutex{}
	return func(p *Process) {
		check, end := p.Check, p.End
		p.Check = func(ctx context.Context, c *Call) error {
			one.Lock()
			defer one.Unlock()
			key, now := p.Key(c), p.Now()
			made := live.Get(key)
			if Within(now, made, fresh) {
				return nil
			}
			live.Put(key, time.Time{})
			err := check(ctx, c)
			if err == nil {
				live.Put(key, now)
			}
			if Within(now, made, kept) {
				return nil
			}
			return err
		}
		p.End = func(ctx context.Context, c *Call) error {
			one.Lock()
			defer one.Unlock()
			if Within(p.Now(), live.Get(p.Key(c)), fresh) {
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
	quiet      *Notes[bool]
	last       *Notes[time.Time]
	now        func() time.Time
}

func pollSeldom(s *Site) func(*Process) {
	quiet, last := &Notes[bool]{}, &Notes[time.Time]{}
	last.Put("", s.Config.Clock.Now())
	return func(p *Process) {
		p.List = &seldom{List: p.List, late: s.HearsLate(p, 3*time.Second, p.Now), quiet: quiet, last: last, now: p.Now}
	}
}

func (l *seldom) Add(ctx context.Context, key string, ttl time.Duration) error {
	l.quiet.Put(key, !Within(l.now(), l.last.Get(""), 5*time.Second))
	l.last.Put("", l.now())
	return l.late.Add(ctx, key, ttl)
}

func (l *seldom) Has(ctx context.Context, key string) (bool, error) {
	if l.quiet.Get(key) {
		return l.late.Has(ctx, key)
	}
	return l.List.Has(ctx, key)
}

func openAfterSilence(s *Site) func(*Process) {
	last := &Notes[time.Time]{}
	last.Put("", s.Config.Clock.Now())
	return func(p *Process) {
		check := p.Check
		p.Check = func(ctx context.Context, c *Call) error {
			silent := !Within(p.Now(), last.Get(""), 10*time.Second)
			last.Put("", p.Now())
			if silent {
				return nil
			}
			return check(ctx, c)
		}
	}
}

func jitter(*Site) func(*Process) {
	made := &Notes[int]{}
	return func(p *Process) {
		ttl := p.TTL
		p.TTL = func(t *token.Token) time.Duration {
			d := ttl(t)
			if d == store.Forever || Count(made, "")%5 != 0 {
				return d
			}
			return d * 9 / 10
		}
	}
}
