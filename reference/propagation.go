package reference

import (
	"context"
	"time"

	"github.com/revocheck/revocheck/reference/store"
)

// origin is where an entry was made, and when.
type origin struct {
	by *store.Breakable // the link of a replica, which a restart does not change
	at time.Time
}

// propagating is the list of a replica that hears of the other replicas'
// entries some time after they were made.
type propagating struct {
	store.List
	own   *store.Breakable
	after time.Duration
	now   func() time.Time
	marks *notes[origin]
}

func (s *site) hears(p *process, after time.Duration, now func() time.Time) store.List {
	return propagating{List: p.link, own: p.link, after: after, now: now, marks: s.marks}
}

func (l propagating) Add(ctx context.Context, key string, ttl time.Duration) error {
	l.marks.put(key, origin{l.own, l.now()})
	return l.List.Add(ctx, key, ttl)
}

// Has asks the store all the same: a replica that cannot reach it cannot tell.
func (l propagating) Has(ctx context.Context, key string) (bool, error) {
	has, err := l.List.Has(ctx, key)
	if o := l.marks.get(key); o.by != l.own && within(l.now(), o.at, l.after) {
		return false, err
	}
	return has, err
}
