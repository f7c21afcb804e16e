package resilience

import (
	"context"
	"errors"
	"time"

	"github.com/revocheck/revocheck/reference/internal/fault"
	"github.com/revocheck/revocheck/reference/internal/gateway"
	"github.com/revocheck/revocheck/reference/store"
)

var storeDownFaults = []fault.Fault{
	{Name: "fails-open", Summary: "While the store is down, every token counts as alive.", Plant: fault.Each(failOpen)},
	{Name: "falls-back-to-memory", Summary: "While the store is down, each replica uses a list of its own.", Plant: fault.Each(fallBack)},
	{Name: "logout-success-when-down", Summary: "While the store is down, a logout is lost and acknowledged.", Plant: fault.Each(pretendSuccess)},
	{Name: "stale-when-cut-off", Summary: "A replica that cannot reach the store goes by what it last heard of the token.", Plant: fault.Each(goByLastAnswer)},
	{Name: "breaker-opens-the-gate", Summary: "After five failures of the store in a row every token counts as alive, until the store answers again.", Plant: fault.Each(openBreaker)},
	{
		Name: "open-declared-closed-served", Summary: "The gateway is said to serve calls while the store is down, and does not.",
		Adjust: func(cfg *gateway.Config) { cfg.Posture = gateway.PostureOpen }, Plant: fault.Each(func(p *gateway.Process) { p.Check = p.CheckStore }),
	},
}

func failOpen(p *gateway.Process) {
	check := p.Check
	p.Check = func(ctx context.Context, c *gateway.Call) error {
		err := check(ctx, c)
		if errors.Is(err, gateway.ErrRevoked) {
			return err
		}
		return nil
	}
}

func pretendSuccess(p *gateway.Process) {
	end := p.End
	p.End = func(ctx context.Context, c *gateway.Call) error {
		_ = end(ctx, c) // the fault
		return nil
	}
}

// fallback uses a second list when the first cannot be reached.
type fallback struct{ first, second store.List }

func fallBack(p *gateway.Process) { p.List = fallback{p.List, store.NewMemory(p.Config.Clock)} }

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

func goByLastAnswer(p *gateway.Process) {
	check, alive := p.Check, &fault.Notes[bool]{}
	p.Check = func(ctx context.Context, c *gateway.Call) error {
		err, key := check(ctx, c), p.Key(c)
		if err == nil || errors.Is(err, gateway.ErrRevoked) {
			alive.Put(key, err == nil)
			return err
		}
		if alive.Get(key) {
			return nil
		}
		return err
	}
}

func openBreaker(p *gateway.Process) {
	check, failures := p.Check, &fault.Notes[int]{}
	p.Check = func(ctx context.Context, c *gateway.Call) error {
		err := check(ctx, c)
		if err == nil || errors.Is(err, gateway.ErrRevoked) {
			failures.Put("", 0)
			return err
		}
		if fault.Count(failures, "") > 5 {
			return nil
		}
		return err
	}
}
