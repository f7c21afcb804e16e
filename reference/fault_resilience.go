package reference

import (
	"context"
	"errors"
	"time"

	"github.com/revocheck/revocheck/reference/store"
)

var resilienceFaults = []fault{
	{Info: Info{"fails-open", "While the store is down, every token counts as alive."}, plant: each(failOpen)},
	{Info: Info{"falls-back-to-memory", "While the store is down, each replica uses a list of its own."}, plant: each(fallBack)},
	{Info: Info{"logout-success-when-down", "While the store is down, a logout is lost and acknowledged."}, plant: each(pretendSuccess)},
}

func failOpen(p *process) {
	check := p.check
	p.check = func(ctx context.Context, c *call) error {
		err := check(ctx, c)
		if errors.Is(err, errRevoked) {
			return err
		}
		return nil
	}
}

func pretendSuccess(p *process) {
	end := p.end
	p.end = func(ctx context.Context, c *call) error {
		_ = end(ctx, c) // the fault
		return nil
	}
}

// fallback uses a second list when the first cannot be reached.
type fallback struct{ first, second store.List }

func fallBack(p *process) { p.list = fallback{p.list, store.NewMemory(p.cfg.Clock)} }

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
