package retention

import (
	"context"
	"sync"
	"time"

	"github.com/revocheck/revocheck/reference/internal/fault"
	"github.com/revocheck/revocheck/reference/internal/gateway"
	"github.com/revocheck/revocheck/reference/store"
	"github.com/revocheck/revocheck/reference/token"
)

var entryFaults = []fault.Fault{
	{Name: "refused-call-refreshes-entry", Summary: "A revocation is kept for 60 s after the last call that it refused.", Plant: fault.WrapList(newSliding)},
	{Name: "refused-call-shortens-entry", Summary: "The first call that a revocation refuses leaves it 60 s to live.", Plant: fault.WrapList(newShortened)},
	{Name: "revocations-share-a-life", Summary: "All revocations stand in one set, whose time to live each logout sets anew.", Plant: shareLife},
	{Name: "second-logout-shortens", Summary: "A second logout leaves the revocation 10 s to live.", Plant: shortenAtSecond},
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
	uses fault.Notes[int]
}

func newShortened(l store.List) store.List { return &shortened{List: l} }

func (s *shortened) Has(ctx context.Context, key string) (bool, error) {
	has, err := s.List.Has(ctx, key)
	if has && fault.Count(&s.uses, key) == 1 {
		err = s.List.Add(ctx, key, slidingWindow)
	}
	return has, err
}

// oneSet is a list whose entries end together.
type oneSet struct {
	store.List
	now func() time.Time

	mu   sync.Mutex
	ends time.Time
	in   map[string]bool
}

func shareLife(s *gateway.Site) func(*gateway.Process) {
	list := &oneSet{List: s.List, now: s.Config.Clock.Now, in: map[string]bool{}}
	return func(p *gateway.Process) { p.List = list }
}

func (o *oneSet) Add(ctx context.Context, key string, ttl time.Duration) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.expire()
	o.in[key] = true
	o.ends = o.now().Add(ttl)
	return o.List.Add(ctx, key, ttl)
}

func (o *oneSet) Has(ctx context.Context, key string) (bool, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.expire()
	has, err := o.List.Has(ctx, key)
	return has && o.in[key], err
}

func (o *oneSet) expire() {
	if !o.now().Before(o.ends) {
		clear(o.in)
	}
}

func shortenAtSecond(*gateway.Site) func(*gateway.Process) {
	logouts := &fault.Notes[int]{}
	return func(p *gateway.Process) {
		end, ttl, again := p.End, p.TTL, &fault.Notes[bool]{}
		p.End = func(ctx context.Context, c *gateway.Call) error {
			again.Put(c.Token.ID, fault.Count(logouts, p.Key(c)) > 1)
			return end(ctx, c)
		}
		p.TTL = func(t *token.Token) time.Duration {
			if again.Get(t.ID) {
				return 10 * time.Second
			}
			return ttl(t)
		}
	}
}
