package gateway

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/revocheck/revocheck/reference/store"
)

// propagating is the list of a replica that hears of the other replicas'
// entries some time after they were first made.
type propagating struct {
	store.List
	own   string
	after time.Duration
	now   func() time.Time
	made  *sync.Map // shared; when an entry was first made, anywhere and at each replica: key -> time.Time
}

// HearsLate gives the list of a process. A restarted one knows what its replica
// did.
func (s *Site) HearsLate(p *Process, after time.Duration, now func() time.Time) store.List {
	return propagating{List: p.Link, own: fmt.Sprintf("%p ", p.Link), after: after, now: now, made: s.made}
}

func (l propagating) Add(ctx context.Context, key string, ttl time.Duration) error {
	for _, where := range []string{l.own + key, key} {
		l.made.LoadOrStore(where, l.now())
	}
	return l.List.Add(ctx, key, ttl)
}

// Has asks the store all the same: a replica that cannot reach it cannot tell.
func (l propagating) Has(ctx context.Context, key string) (bool, error) {
	has, err := l.List.Has(ctx, key)
	_, own := l.made.Load(l.own + key)
	made, known := l.made.Load(key)
	if !own && known && l.now().Sub(made.(time.Time)) < l.after {
		return false, err
	}
	return has, err
}
