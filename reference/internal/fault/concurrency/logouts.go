package concurrency

import (
	"context"
	"sync"
	"time"

	"github.com/revocheck/revocheck/reference/internal/fault"
	"github.com/revocheck/revocheck/reference/internal/gateway"
)

var logoutFaults = []fault.Fault{
	{Name: "ack-before-write", Summary: "A logout is acknowledged 100 ms before it is written.", Plant: writeLater},
	{Name: "logout-lost-every-third", Summary: "Every third logout is acknowledged and lost.", Plant: loseEveryThird},
	{
		Name: "logout-lost-when-busy", Summary: "Of two logouts at once one is lost, where a logout ends all of a user's sessions.",
		Adjust: fault.EndAllSessions, Plant: loseWhenBusy,
	},
}

// writeLater goes by the gateway's clock, so that it also waits where the
// clock is moved.
func writeLater(*gateway.Site) func(*gateway.Process) {
	queue := &fault.Later{}
	return func(p *gateway.Process) {
		check, end := p.Check, p.End
		p.End = func(ctx context.Context, c *gateway.Call) error {
			queue.Add(p.Now().Add(100*time.Millisecond), func() error {
				return end(context.WithoutCancel(ctx), c)
			})
			return nil
		}
		p.Check = func(ctx context.Context, c *gateway.Call) error {
			queue.Flush(p.Now())
			return check(ctx, c)
		}
	}
}

func loseEveryThird(*gateway.Site) func(*gateway.Process) {
	logouts := &fault.Notes[int]{}
	return func(p *gateway.Process) {
		end := p.End
		p.End = func(ctx context.Context, c *gateway.Call) error {
			if fault.Count(logouts, "all")%3 == 0 {
				return nil
			}
			return end(ctx, c)
		}
	}
}

func loseWhenBusy(*gateway.Site) func(*gateway.Process) {
	busy := &sync.Mutex{}
	return func(p *gateway.Process) {
		end := p.End
		p.End = func(ctx context.Context, c *gateway.Call) error {
			if !busy.TryLock() {
				return nil
			}
			defer busy.Unlock()
			time.Sleep(2 * fault.Overlap)
			return end(ctx, c)
		}
	}
}
