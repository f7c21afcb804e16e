package reference

import (
	"context"
	"sync/atomic"
	"time"
)

var busyFaults = []Fault{
	{Name: "stale-fill", Summary: "A call that read the store before a logout fills a cache with its answer after the logout has cleared it.", Plant: fillStale},
	{Name: "sheds-checks-when-busy", Summary: "Of more than 64 calls at once, the others are not checked for revocation.", Plant: Each(shedChecks)},
	{Name: "logout-queue-overflows", Summary: "Of more than 16 logouts at once, the others are acknowledged and lost.", Plant: Each(overflow)},
	{Name: "second-replica-orders-unchecked", Summary: "The second replica does not check for revocation on /api/orders.", Plant: SecondOnly(Skipping(OrdersRoute))},
}

// fillStale's cache holds what a call found, for 10 s from when it was found.
func fillStale(*Site) func(*Process) {
	live := &Notes[time.Time]{}
	return func(p *Process) {
		check, end := p.Check, p.End
		p.Check = func(ctx context.Context, c *Call) error {
			if Within(p.Now(), live.Get(p.Key(c)), 10*time.Second) {
				return nil
			}
			err := check(ctx, c)
			time.Sleep(8 * Overlap) // the way back from the store
			if err == nil {
				live.Put(p.Key(c), p.Now())
			}
			return err
		}
		p.End = func(ctx context.Context, c *Call) error {
			defer live.Put(p.Key(c), time.Time{})
			return end(ctx, c)
		}
	}
}

// crowding is how long the nth of those at once takes: the more there are, the
// longer, so that a crowd meets on a slow machine as well.
func crowding(n int32) time.Duration { return time.Duration(2+4*max(n-8, 0)) * Overlap }

// beyond has no more than so many of a process done at once. The others are
// not done, and nothing is said.
func beyond(most int32, do func(context.Context, *Call) error) func(context.Context, *Call) error {
	var busy atomic.Int32
	return func(ctx context.Context, c *Call) error {
		n := busy.Add(1)
		defer busy.Add(-1)
		if n > most {
			return nil
		}
		time.Sleep(crowding(n))
		return do(ctx, c)
	}
}

func shedChecks(p *Process) { p.Check = beyond(64, p.Check) }

func overflow(p *Process) { p.End = beyond(16, p.End) }
