package reference

import (
	"context"
	"sync"
	"time"
)

var cacheFaults = []fault{
	{Name: "ack-before-write", Summary: "A logout is acknowledged 100 ms before it is written.", plant: writeLater},
	{Name: "negative-cache", Summary: "Each replica remembers for 100 ms that a token was not revoked.", plant: each(rememberLive(100 * time.Millisecond))},
	{Name: "positive-cache-5s", Summary: "Each replica serves a validated token from a cache for 5 s.", plant: each(rememberLive(5 * time.Second))},
}

// later holds the writes that are due at some instant.
type later struct {
	mu     sync.Mutex
	writes []dueWrite
}

type dueWrite struct {
	at    time.Time
	write func() error
}

func (l *later) add(at time.Time, write func() error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.writes = append(l.writes, dueWrite{at, write})
}

// flush does what has fallen due.
func (l *later) flush(now time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for len(l.writes) > 0 && !now.Before(l.writes[0].at) {
		_ = l.writes[0].write() // nobody is there to be told: that is the fault
		l.writes = l.writes[1:]
	}
}

// writeLater goes by the gateway's clock, so that it also waits where the
// clock is moved.
func writeLater(*site) func(*process) {
	queue := &later{}
	return func(p *process) {
		check, end := p.check, p.end
		p.end = func(ctx context.Context, c *call) error {
			queue.add(p.now().Add(100*time.Millisecond), func() error {
				return end(context.WithoutCancel(ctx), c)
			})
			return nil
		}
		p.check = func(ctx context.Context, c *call) error {
			queue.flush(p.now())
			return check(ctx, c)
		}
	}
}

func rememberLive(d time.Duration) func(*process) {
	return func(p *process) {
		check, live := p.check, &notes[time.Time]{}
		p.check = func(ctx context.Context, c *call) error {
			key := p.key(c)
			if within(p.now(), live.get(key), d) {
				return nil
			}
			err := check(ctx, c)
			if err == nil {
				live.put(key, p.now())
			}
			return err
		}
	}
}
