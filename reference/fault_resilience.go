package reference

import (
	"context"
	"errors"
	"io"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/revocheck/revocheck/reference/store"
)

var resilienceFaults = []Fault{
	{Name: "fails-open", Summary: "While the store is down, every token counts as alive.", Plant: Each(failOpen)},
	{Name: "falls-back-to-memory", Summary: "While the store is down, each replica uses a list of its own.", Plant: Each(fallBack)},
	{Name: "logout-success-when-down", Summary: "While the store is down, a logout is lost and acknowledged.", Plant: Each(pretendSuccess)},
	{Name: "slow-store-accepts", Summary: "A store that has not answered for 2 s is not waited for, and the token counts as alive.", Plant: Each(waitShort)},
	{Name: "reset-accepts", Summary: "When the connection to the store breaks, the token counts as alive.", Plant: Each(acceptOnReset)},
	{Name: "stale-when-cut-off", Summary: "A replica that cannot reach the store goes by what it last heard of the token.", Plant: Each(goByLastAnswer)},
	{Name: "never-reconnects", Summary: "Once the store has failed, a replica answers no call until it is restarted.", Plant: Each(afterFailure(store.ErrUnreachable))},
	{Name: "gives-store-up", Summary: "Once the store has failed, it is never asked again, and every token counts as alive.", Plant: Each(afterFailure(nil))},
	{
		Name: "open-declared-closed-served", Summary: "The gateway is said to serve calls while the store is down, and does not.",
		Adjust: func(cfg *Config) { cfg.Posture = PostureOpen }, Plant: Each(func(p *Process) { p.Check = p.CheckStore }),
	},
}

func failOpen(p *Process) {
	check := p.Check
	p.Check = func(ctx context.Context, c *Call) error {
		err := check(ctx, c)
		if errors.Is(err, ErrRevoked) {
			return err
		}
		return nil
	}
}

func pretendSuccess(p *Process) {
	end := p.End
	p.End = func(ctx context.Context, c *Call) error {
		_ = end(ctx, c) // the fault
		return nil
	}
}

// fallback uses a second list when the first cannot be reached.
type fallback struct{ first, second store.List }

func fallBack(p *Process) { p.List = fallback{p.List, store.NewMemory(p.Config.Clock)} }

func (f fallback) Add(ctx context.Context, key string, ttl time.Duration) error {
	if err := f.first.Add(ctx, key, ttl); err == nil {
		return nil
	}
	return f.second.Add(ctx, key, ttl)
}

func (f fallback) Has(ctx context.Context, key string) (bool, error) {
	has, err := f.first.Has(ctx, key)
	if err != nil {
		return f.second.Has(ctx, key)
	}
	return has, nil
}

// slow is long for a store, also on a busy machine, and short for one in
// trouble.
const slow = 2 * time.Second

func waitShort(p *Process) {
	check := p.Check
	p.Check = func(ctx context.Context, c *Call) error {
		short, cancel := context.WithTimeout(ctx, slow)
		defer cancel()
		err := check(short, c)
		if errors.Is(err, context.DeadlineExceeded) {
			return nil
		}
		return err
	}
}

func acceptOnReset(p *Process) {
	check := p.Check
	p.Check = func(ctx context.Context, c *Call) error {
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

func goByLastAnswer(p *Process) {
	check, alive := p.Check, &Notes[bool]{}
	p.Check = func(ctx context.Context, c *Call) error {
		err, key := check(ctx, c), p.Key(c)
		if err == nil || errors.Is(err, ErrRevoked) {
			alive.Put(key, err == nil)
			return err
		}
		if alive.Get(key) {
			return nil
		}
		return err
	}
}

// afterFailure has every check after the first that failed end in err.
func afterFailure(err error) func(*Process) {
	return func(p *Process) {
		check, failed := p.Check, &atomic.Bool{}
		p.Check = func(ctx context.Context, c *Call) error {
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
