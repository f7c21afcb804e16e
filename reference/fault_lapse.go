package reference

import (
	"context"
	"sync"
	"time"

	"github.com/revocheck/revocheck/reference/store"
	"github.com/revocheck/revocheck/reference/token"
)

var lapseFaults = []fault{
	{Name: "ttl-rounds-down", Summary: "The time to live is cut to whole seconds, so that a revocation ends up to a second before its token.", plant: each(cutToSeconds)},
	{Name: "revocation-gap", Summary: "A revocation shows at once, and is missing from 0.5 s to 0.8 s after its logout.", plant: leaveGap},
	{Name: "revocations-share-a-life", Summary: "All revocations stand in one set, whose time to live each logout sets anew.", plant: shareLife},
	{Name: "late-logout-lost", Summary: "A logout more than half an hour after the login is acknowledged and lost.", plant: loseLateLogouts},
	{Name: "second-logout-shortens", Summary: "A second logout leaves the revocation 10 s to live.", plant: shortenAtSecond},
	{Name: "full-list-drops", Summary: "A list of 1000 revocations takes no more, and acknowledges them.", plant: wrapList(newFull)},
	{Name: "filter-fills-up", Summary: "After 500 revocations every tenth live token is refused.", plant: fillUp},
}

func cutToSeconds(p *process) {
	p.ttl = func(t *token.Token) time.Duration {
		if t.Expires.IsZero() {
			return store.Forever
		}
		return t.Expires.Sub(p.now()).Truncate(time.Second)
	}
}

// lapsing is a list that knows when an entry was made.
type lapsing struct {
	store.List
	now  func() time.Time
	made notes[time.Time]
	// lapsed tells whether an entry of that age is missing.
	lapsed func(age time.Duration) bool
}

func (l *lapsing) Add(ctx context.Context, key string, ttl time.Duration) error {
	l.made.update(key, func(first time.Time) time.Time {
		if first.IsZero() {
			return l.now()
		}
		return first
	})
	return l.List.Add(ctx, key, ttl)
}

func (l *lapsing) Has(ctx context.Context, key string) (bool, error) {
	has, err := l.List.Has(ctx, key)
	made := l.made.get(key)
	return has && (made.IsZero() || !l.lapsed(l.now().Sub(made))), err
}

func leaveGap(s *site) func(*process) {
	list := &lapsing{List: s.list, now: s.cfg.Clock.Now, lapsed: fromTo(500*time.Millisecond, 800*time.Millisecond)}
	return func(p *process) { p.list = list }
}

// oneSet is a list whose entries end together.
type oneSet struct {
	store.List
	now func() time.Time

	mu   sync.Mutex
	ends time.Time
	in   map[string]bool
}

func shareLife(s *site) func(*process) {
	list := &oneSet{List: s.list, now: s.cfg.Clock.Now, in: map[string]bool{}}
	return func(p *process) { p.list = list }
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

func loseLateLogouts(*site) func(*process) {
	born := &notes[time.Time]{}
	return func(p *process) {
		issued, end := p.issued, p.end
		p.issued = func(ctx context.Context, c *call) error {
			born.put(p.key(c), p.now())
			return issued(ctx, c)
		}
		p.end = func(ctx context.Context, c *call) error {
			if at := born.get(p.key(c)); !at.IsZero() && !within(p.now(), at, 30*time.Minute) {
				return nil
			}
			return end(ctx, c)
		}
	}
}

func shortenAtSecond(*site) func(*process) {
	logouts := &notes[int]{}
	return func(p *process) {
		end, ttl, again := p.end, p.ttl, &notes[bool]{}
		p.end = func(ctx context.Context, c *call) error {
			again.put(c.token.ID, count(logouts, p.key(c)) > 1)
			return end(ctx, c)
		}
		p.ttl = func(t *token.Token) time.Duration {
			if again.get(t.ID) {
				return 10 * time.Second
			}
			return ttl(t)
		}
	}
}

// full takes so many entries and no more.
type full struct {
	store.List
	known numbering
}

func newFull(l store.List) store.List { return &full{List: l} }

func (f *full) Add(ctx context.Context, key string, ttl time.Duration) error {
	if f.known.of(key) > bound {
		return nil
	}
	return f.List.Add(ctx, key, ttl)
}

func fillUp(*site) func(*process) {
	ended, live := &notes[int]{}, &numbering{}
	return func(p *process) {
		check, end := p.check, p.end
		p.end = func(ctx context.Context, c *call) error {
			count(ended, "all")
			return end(ctx, c)
		}
		p.check = func(ctx context.Context, c *call) error {
			err := check(ctx, c)
			if err == nil && ended.get("all") > 500 && live.of(p.key(c))%10 == 0 {
				return errRevoked
			}
			return err
		}
	}
}
