package reference

import (
	"context"
	"sync"
	"time"

	"github.com/revocheck/revocheck/reference/store"
	"github.com/revocheck/revocheck/reference/token"
)

var lapseFaults = []Fault{
	{Name: "ttl-rounds-down", Summary: "The time to live is cut to whole seconds, so that a revocation ends up to a second before its token.", Plant: Each(cutToSeconds)},
	{Name: "revocation-gap", Summary: "A revocation shows at once, and is missing from 0.5 s to 0.8 s after its logout.", Plant: leaveGap},
	{Name: "revocations-share-a-life", Summary: "All revocations stand in one set, whose time to live each logout sets anew.", Plant: shareLife},
	{Name: "late-logout-lost", Summary: "A logout more than half an hour after the login is acknowledged and lost.", Plant: loseLateLogouts},
	{Name: "second-logout-shortens", Summary: "A second logout leaves the revocation 10 s to live.", Plant: shortenAtSecond},
	{Name: "full-list-drops", Summary: "A list of 1000 revocations takes no more, and acknowledges them.", Plant: WrapList(newFull)},
	{Name: "filter-fills-up", Summary: "After 500 revocations every tenth live token is refused.", Plant: fillUp},
}

func cutToSeconds(p *Process) {
	p.TTL = func(t *token.Token) time.Duration {
		if t.Expires.IsZero() {
			return store.Forever
		}
		return t.Expires.Sub(p.Now()).Truncate(time.Second)
	}
}

// lapsing is a list that knows when an entry was made.
type lapsing struct {
	store.List
	now  func() time.Time
	made Notes[time.Time]
	// lapsed tells whether an entry of that age is missing.
	lapsed func(age time.Duration) bool
}

func (l *lapsing) Add(ctx context.Context, key string, ttl time.Duration) error {
	l.made.Update(key, func(first time.Time) time.Time {
		if first.IsZero() {
			return l.now()
		}
		return first
	})
	return l.List.Add(ctx, key, ttl)
}

func (l *lapsing) Has(ctx context.Context, key string) (bool, error) {
	has, err := l.List.Has(ctx, key)
	made := l.made.Get(key)
	return has && (made.IsZero() || !l.lapsed(l.now().Sub(made))), err
}

func leaveGap(s *Site) func(*Process) {
	list := &lapsing{List: s.List, now: s.Config.Clock.Now, lapsed: fromTo(500*time.Millisecond, 800*time.Millisecond)}
	return func(p *Process) { p.List = list }
}

// oneSet is a list whose entries end together.
type oneSet struct {
	store.List
	now func() time.Time

	mu   sync.Mutex
	ends time.Time
	in   map[string]bool
}

func shareLife(s *Site) func(*Process) {
	list := &oneSet{List: s.List, now: s.Config.Clock.Now, in: map[string]bool{}}
	return func(p *Process) { p.List = list }
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

func loseLateLogouts(*Site) func(*Process) {
	born := &Notes[time.Time]{}
	return func(p *Process) {
		issued, end := p.Issued, p.End
		p.Issued = func(ctx context.Context, c *Call) error {
			born.Put(p.Key(c), p.Now())
			return issued(ctx, c)
		}
		p.End = func(ctx context.Context, c *Call) error {
			if at := born.Get(p.Key(c)); !at.IsZero() && !Within(p.Now(), at, 30*time.Minute) {
				return nil
			}
			return end(ctx, c)
		}
	}
}

func shortenAtSecond(*Site) func(*Process) {
	logouts := &Notes[int]{}
	return func(p *Process) {
		end, ttl, again := p.End, p.TTL, &Notes[bool]{}
		p.End = func(ctx context.Context, c *Call) error {
			again.Put(c.Token.ID, Count(logouts, p.Key(c)) > 1)
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

// full takes so many entries and no more.
type full struct {
	store.List
	known Numbering
}

func newFull(l store.List) store.List { return &full{List: l} }

func (f *full) Add(ctx context.Context, key string, ttl time.Duration) error {
	if f.known.Of(key) > bound {
		return nil
	}
	return f.List.Add(ctx, key, ttl)
}

func fillUp(*Site) func(*Process) {
	ended, live := &Notes[int]{}, &Numbering{}
	return func(p *Process) {
		check, end := p.Check, p.End
		p.End = func(ctx context.Context, c *Call) error {
			Count(ended, "all")
			return end(ctx, c)
		}
		p.Check = func(ctx context.Context, c *Call) error {
			err := check(ctx, c)
			if err == nil && ended.Get("all") > 500 && live.Of(p.Key(c))%10 == 0 {
				return ErrRevoked
			}
			return err
		}
	}
}
