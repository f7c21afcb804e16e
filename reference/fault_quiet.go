package reference

import (
	"context"
	"sync"
	"time"

	"github.com/revocheck/revocheck/reference/store"
	"github.com/revocheck/revocheck/reference/token"
)

var quietFaults = []fault{
	{Name: "served-stale-once", Summary: "An answer more than 2 s old is served from a cache once more and then renewed; a logout clears younger ones only.", plant: serveStale},
	{Name: "polls-seldom-when-quiet", Summary: "A replica hears of another's logout 3 s late if there was none for 5 s.", plant: pollSeldom},
	{Name: "first-check-after-silence-open", Summary: "The first check after 10 s without any finds a connection that is gone, and lets the call by.", plant: openAfterSilence},
	{Name: "ttl-jitters", Summary: "Of the times to live, every fifth is a tenth too short.", plant: jitter},
}

func serveStale(*site) func(*process) {
	const fresh, kept = 2 * time.Second, 10 * time.Second
	live, one := &notes[time.Time]{}, &sync.Mutex{}
	return func(p *process) {
		check, end := p.check, p.end
		p.check = func(ctx context.Context, c *call) error {
			one.Lock()
			defer one.Unlock()
			key, now := p.key(c), p.now()
			made := live.get(key)
			if within(now, made, fresh) {
				return nil
			}
			live.put(key, time.Time{})
			err := check(ctx, c)
			if err == nil {
				live.put(key, now)
			}
			if within(now, made, kept) {
				return nil
			}
			return err
		}
		p.end = func(ctx context.Context, c *call) error {
			one.Lock()
			defer one.Unlock()
			if within(p.now(), live.get(p.key(c)), fresh) {
				live.put(p.key(c), time.Time{})
			}
			return end(ctx, c)
		}
	}
}

// seldom is a list that hears late of what was added after a quiet time.
type seldom struct {
	store.List // at once
	late       store.List
	quiet      *notes[bool]
	last       *notes[time.Time]
	now        func() time.Time
}

func pollSeldom(s *site) func(*process) {
	quiet, last := &notes[bool]{}, &notes[time.Time]{}
	last.put("", s.cfg.Clock.Now())
	return func(p *process) {
		p.list = &seldom{List: p.list, late: s.hears(p, 3*time.Second, p.now), quiet: quiet, last: last, now: p.now}
	}
}

func (l *seldom) Add(ctx context.Context, key string, ttl time.Duration) error {
	l.quiet.put(key, !within(l.now(), l.last.get(""), 5*time.Second))
	l.last.put("", l.now())
	return l.late.Add(ctx, key, ttl)
}

func (l *seldom) Has(ctx context.Context, key string) (bool, error) {
	if l.quiet.get(key) {
		return l.late.Has(ctx, key)
	}
	return l.List.Has(ctx, key)
}

func openAfterSilence(s *site) func(*process) {
	last := &notes[time.Time]{}
	last.put("", s.cfg.Clock.Now())
	return func(p *process) {
		check := p.check
		p.check = func(ctx context.Context, c *call) error {
			silent := !within(p.now(), last.get(""), 10*time.Second)
			last.put("", p.now())
			if silent {
				return nil
			}
			return check(ctx, c)
		}
	}
}

func jitter(*site) func(*process) {
	made := &notes[int]{}
	return func(p *process) {
		ttl := p.ttl
		p.ttl = func(t *token.Token) time.Duration {
			d := ttl(t)
			if d == store.Forever || count(made, "")%5 != 0 {
				return d
			}
			return d * 9 / 10
		}
	}
}
