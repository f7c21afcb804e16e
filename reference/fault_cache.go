package reference

import (
	"context"
	"sync"
	"time"
)

var cacheFaults = []Fault{
	{Name: "ack-before-write", Summary: "A logout is acknowledged 100 ms before it is written.", Plant: writeLater},
	{Name: "negative-cache", Summary: "Each replica remembers for 100 ms that a token was not revoked.", Plant: Each(rememberLive(100 * time.Millisecond))},
	{Name: "positive-cache-5s", Summary: "Each replica serves a validated token from a cache for 5 s.", Plant: Each(rememberLive(5 * time.Second))},
}

// Later holds the writes that are due at some instant.
type Later struct {
	mu     sync.Mutex
	writes []dueWrite
}

type dueWrite struct {
	at    time.Time
	write func() error
}

func (l *Later) Add(at time.Time, write func() error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.writes = append(l.writes, dueWrite{at, write})
}

// Flush does what has fallen due.
func (l *Later) Flush(now time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for len(l.writes) > 0 && !now.Before(l.writes[0].at) {
		_ = l.writes[0].write() // nobody is there to be told: that is the fault
		l.writes = l.writes[1:]
	}
}

// writeLater goes by the gateway's clock, so that it also waits where the
// clock is moved.
func writeLater(*Site) func(*Process) {
	queue := &Later{}
	return func(p *Process) {
		check, end := p.Check, p.End
		p.End = func(ctx context.Context, c *Call) error {
			queue.Add(p.Now().Add(100*time.Millisecond), func() error {
				return end(context.WithoutCancel(ctx), c)
			})
			return nil
		}
		p.Check = func(ctx context.Context, c *Call) error {
			queue.Flush(p.Now())
			return check(ctx, c)
		}
	}
}

func rememberLive(d time.Duration) func(*Process) {
	return func(p *Process) {
		check, live := p.Check, &Notes[time.Time]{}
		p.Check = func(ctx context.Context, c *Call) error {
			key := p.Key(c)
			if Within(p.Now(), live.Get(key), d) {
				return nil
			}
			err := check(ctx, c)
			if err == nil {
				live.Put(key, p.Now())
			}
			return err
		}
	}
}
