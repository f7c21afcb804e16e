package retention

import (
	"context"
	"sync"
	"time"

	"github.com/revocheck/revocheck/reference/internal/fault"
	"github.com/revocheck/revocheck/reference/internal/gateway"
	"github.com/revocheck/revocheck/reference/store"
)

var manyRevocationFaults = []fault.Fault{
	{Name: "lru-1000", Summary: "Only the last 1000 revocations are kept.", Plant: keepThousand},
	{Name: "full-list-drops", Summary: "A list of 1000 revocations takes no more, and acknowledges them.", Plant: fault.WrapList(newFull)},
	{Name: "filter-fills-up", Summary: "After 500 revocations every tenth live token is refused.", Plant: fillUp},
}

func keepThousand(s *gateway.Site) func(*gateway.Process) {
	return fault.WrapList(func(l store.List) store.List { return &bounded{List: l, forgotten: map[string]bool{}} })(s)
}

const bound = 1000

// bounded forgets the oldest entry when there is one too many.
type bounded struct {
	store.List
	mu        sync.Mutex
	order     []string
	forgotten map[string]bool
}

func (b *bounded) Add(ctx context.Context, key string, ttl time.Duration) error {
	b.mu.Lock()
	b.order = append(b.order, key)
	delete(b.forgotten, key)
	if len(b.order) > bound {
		b.forgotten[b.order[0]] = true
		b.order = b.order[1:]
	}
	b.mu.Unlock()
	return b.List.Add(ctx, key, ttl)
}

func (b *bounded) Has(ctx context.Context, key string) (bool, error) {
	b.mu.Lock()
	gone := b.forgotten[key]
	b.mu.Unlock()
	if gone {
		return false, nil
	}
	return b.List.Has(ctx, key)
}

// full takes so many entries and no more.
type full struct {
	store.List
	known fault.Numbering
}

func newFull(l store.List) store.List { return &full{List: l} }

func (f *full) Add(ctx context.Context, key string, ttl time.Duration) error {
	if f.known.Of(key) > bound {
		return nil
	}
	return f.List.Add(ctx, key, ttl)
}

func fillUp(*gateway.Site) func(*gateway.Process) {
	ended, live := &fault.Notes[int]{}, &fault.Numbering{}
	return func(p *gateway.Process) {
		check, end := p.Check, p.End
		p.End = func(ctx context.Context, c *gateway.Call) error {
			fault.Count(ended, "all")
			return end(ctx, c)
		}
		p.Check = func(ctx context.Context, c *gateway.Call) error {
			err := check(ctx, c)
			if err == nil && ended.Get("all") > 500 && live.Of(p.Key(c))%10 == 0 {
				return gateway.ErrRevoked
			}
			return err
		}
	}
}
