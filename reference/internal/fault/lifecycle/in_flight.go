package lifecycle

import (
	"context"
	"time"

	"github.com/revocheck/revocheck/reference/internal/fault"
	"github.com/revocheck/revocheck/reference/internal/gateway"
)

var inFlightFaults = []fault.Fault{
	{Name: "stale-fill", Summary: "A call that read the store before a logout fills a cache with its answer after the logout has cleared it.", Plant: fillStale},
	{Name: "session-written-back", Summary: "A call that was under way at the logout brings its token back a second later.", Plant: writeBack},
}

// fillStale's cache holds what a call found, for 10 s from when it was found.
func fillStale(*gateway.Site) func(*gateway.Process) {
	live := &fault.Notes[time.Time]{}
	return func(p *gateway.Process) {
		check, end := p.Check, p.End
		p.Check = func(ctx context.Context, c *gateway.Call) error {
			if fault.Within(p.Now(), live.Get(p.Key(c)), 10*time.Second) {
				return nil
			}
			err := check(ctx, c)
			time.Sleep(8 * fault.Overlap) // the way back from the store
			if err == nil {
				live.Put(p.Key(c), p.Now())
			}
			return err
		}
		p.End = func(ctx context.Context, c *gateway.Call) error {
			defer live.Put(p.Key(c), time.Time{})
			return end(ctx, c)
		}
	}
}

func writeBack(*gateway.Site) func(*gateway.Process) {
	underWay, back, queue := &fault.Notes[int]{}, &fault.Notes[bool]{}, &fault.Later{}
	return func(p *gateway.Process) {
		check, end := p.Check, p.End
		p.Check = func(ctx context.Context, c *gateway.Call) error {
			queue.Flush(p.Now())
			fault.Count(underWay, p.Key(c))
			time.Sleep(5 * fault.Overlap)
			underWay.Update(p.Key(c), func(n int) int { return n - 1 })
			if back.Get(p.Key(c)) {
				return nil
			}
			return check(ctx, c)
		}
		p.End = func(ctx context.Context, c *gateway.Call) error {
			time.Sleep(2 * fault.Overlap)
			if underWay.Get(p.Key(c)) > 0 {
				queue.Add(p.Now().Add(time.Second), func() error {
					back.Put(p.Key(c), true)
					return nil
				})
			}
			return end(ctx, c)
		}
	}
}
