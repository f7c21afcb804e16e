package resilience

import (
	"context"
	"errors"
	"io"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/revocheck/revocheck/reference/internal/fault"
	"github.com/revocheck/revocheck/reference/internal/gateway"
	"github.com/revocheck/revocheck/reference/store"
)

var connectionFaults = []fault.Fault{
	{Name: "slow-store-accepts", Summary: "A store that has not answered for 2 s is not waited for, and the token counts as alive.", Plant: fault.Each(waitShort)},
	{Name: "reset-accepts", Summary: "When the connection to the store breaks, the token counts as alive.", Plant: fault.Each(acceptOnReset)},
	{Name: "never-reconnects", Summary: "Once the store has failed, a replica answers no call until it is restarted.", Plant: fault.Each(afterFailure(store.ErrUnreachable))},
	{Name: "gives-store-up", Summary: "Once the store has failed, it is never asked again, and every token counts as alive.", Plant: fault.Each(afterFailure(nil))},
}

// slow is long for a store, also on a busy machine, and short for one in
// trouble.
const slow = 2 * time.Second

func waitShort(p *gateway.Process) {
	check := p.Check
	p.Check = func(ctx context.Context, c *gateway.Call) error {
		short, cancel := context.WithTimeout(ctx, slow)
		defer cancel()
		err := check(short, c)
		if errors.Is(err, context.DeadlineExceeded) {
			return nil
		}
		return err
	}
}

func acceptOnReset(p *gateway.Process) {
	check := p.Check
	p.Check = func(ctx context.Context, c *gateway.Call) error {
		err := check(ctx, c)
		if broken(err) {
			return nil
		}
		return err
	}
}

// broken reports whether a connection broke under a command. How that shows is
// up to whoever broke it, and to how much of the command had been sent.
func broken(err error) bool {
	return errors.Is(err, syscall.ECONNRESET) || errors.Is(err, syscall.EPIPE) || errors.Is(err, io.EOF)
}

// afterFailure has every check after the first that failed end in err.
func afterFailure(err error) func(*gateway.Process) {
	return func(p *gateway.Process) {
		check, failed := p.Check, &atomic.Bool{}
		p.Check = func(ctx context.Context, c *gateway.Call) error {
			if failed.Load() {
				return err
			}
			now := check(ctx, c)
			if errors.Is(now, store.ErrUnreachable) {
				failed.Store(true)
			}
			return now
		}
	}
}
