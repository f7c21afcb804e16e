package reference

import (
	"context"
	"sync"
	"time"

	"github.com/revocheck/revocheck/reference/store"
)

var entryFaults = []Fault{
	{Name: "lru-1000", Summary: "Only the last 1000 revocations are kept.", Plant: keepThousand},
	{Name: "refused-call-refreshes-entry", Summary: "A revocation is kept for 60 s after the last call that it refused.", Plant: WrapList(newSliding)},
	{Name: "refused-call-shortens-entry", Summary: "The first call that a revocation refuses leaves it 60 s to live.", Plant: WrapList(newShortened)},
}

// WrapList puts a faulty list, shared by all replicas, before the real one.
func WrapList(wrap func(store.List) store.List) Planting {
	return func(s *Site) func(*Process) {
		list := wrap(s.List)
		return func(p *Process) { p.List = list }
	}
}

func keepThousand(s *Site) func(*Process) {
	return WrapList(func(l store.List) store.List { return &bounded{List: l, forgotten: map[string]bool{}} })(s)
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

const slidingWindow = time.Minute

// sliding keeps an entry for a window after its last use.
type sliding struct{ store.List }

func newSliding(l store.List) store.List { return sliding{l} }

func (s sliding) Add(ctx context.Context, key string, _ time.Duration) error {
	return s.List.Add(ctx, key, slidingWindow)
}

func (s sliding) Has(ctx context.Context, key string) (bool, error) {
	has, err := s.List.Has(ctx, key)
	if has {
		err = s.List.Add(ctx, key, slidingWindow)
	}
	return has, err
}

// shortened replaces the time to live at the first use of an entry.
type shortened struct {
	store.List
	uses Notes[int]
}

func newShortened(l store.List) store.List { return &shortened{List: l} }

func (s *shortened) Has(ctx context.Context, key string) (bool, error) {
	has, err := s.List.Has(ctx, key)
	if has && Count(&s.uses, key) == 1 {
		err = s.List.Add(ctx, key, slidingWindow)
	}
	return has, err
}
