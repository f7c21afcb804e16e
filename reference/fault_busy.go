package reference

import (
	"context"
	"sync/atomic"
	"time"
)

var busyFaults = []fault{
	{Name: "stale-fill", Summary: "A call that read the store before a logout fills a cache with its answer after the logout has cleared it.", plant: fillStale},
	{Name: "sheds-checks-when-busy", Summary: "Of more than 64 calls at once, the others are not checked for revocation.", plant: each(shedChecks)},
	{Name: "logout-queue-overflows", Summary: "Of more than 16 logouts at once, the others are acknowledged and lost.", plant: each(overflow)},
	{Name: "second-replica-orders-unchecked", Summary: "The second replica does not check for revocation on /api/orders.", plant: secondOnly(skipping(ordersRoute))},
}

// fillStale's cache holds what a call found, for 10 s from when it was found.
func fillStale(*site) func(*process) {
	live := &notes[time.Time]{}
	return func(p *process) {
		check, end := p.check, p.end
		p.check = func(ctx context.Context, c *call) error {
			if within(p.now(), live.get(p.key(c)), 10*time.Second) {
				return nil
			}
			err := check(ctx, c)
			time.Sleep(8 * overlap) // the way back from the store
			if err == nil {
				live.put(p.key(c), p.now())
			}
			return err
		}
		p.end = func(ctx context.Context, c *call) error {
			defer live.put(p.key(c), time.Time{})
			return end(ctx, c)
		}
	}
}

// crowding is how long the nth of those at once takes: the more there are, the
// longer, so that a crowd meets on a slow machine as well.
func crowding(n int32) time.Duration { return time.Duration(2+4*max(n-8, 0)) * overlap }

// beyond has no more than so many of a process done at once. The others are
// not done, and nothing is said.
func beyond(most int32, do func(context.Context, *call) error) func(context.Context, *call) error {
	var busy atomic.Int32
	return func(ctx context.Context, c *call) error {
		n := busy.Add(1)
		defer busy.Add(-1)
		if n > most {
			return nil
		}
		time.Sleep(crowding(n))
		return do(ctx, c)
	}
}

func shedChecks(p *process) { p.check = beyond(64, p.check) }

func overflow(p *process) { p.end = beyond(16, p.end) }
