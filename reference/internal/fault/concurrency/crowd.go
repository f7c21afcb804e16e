package concurrency

import (
	"context"
	"sync/atomic"
	"time"

	"github.com/revocheck/revocheck/reference/internal/fault"
	"github.com/revocheck/revocheck/reference/internal/gateway"
)

var crowdFaults = []fault.Fault{
	{Name: "sheds-checks-when-busy", Summary: "Of more than 64 calls at once, the others are not checked for revocation.", Plant: fault.Each(shedChecks)},
	{Name: "logout-queue-overflows", Summary: "Of more than 16 logouts at once, the others are acknowledged and lost.", Plant: fault.Each(overflow)},
}

// crowding is how long the nth of those at once takes: the more there are, the
// longer, so that a crowd meets on a slow machine as well.
func crowding(n int32) time.Duration { return time.Duration(2+4*max(n-8, 0)) * fault.Overlap }

// beyond has no more than so many of a process done at once. The others are
// not done, and nothing is said.
func beyond(most int32, do func(context.Context, *gateway.Call) error) func(context.Context, *gateway.Call) error {
	var busy atomic.Int32
	return func(ctx context.Context, c *gateway.Call) error {
		n := busy.Add(1)
		defer busy.Add(-1)
		if n > most {
			return nil
		}
		time.Sleep(crowding(n))
		return do(ctx, c)
	}
}

func shedChecks(p *gateway.Process) { p.Check = beyond(64, p.Check) }

func overflow(p *gateway.Process) { p.End = beyond(16, p.End) }
