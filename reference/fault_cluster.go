package reference

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/revocheck/revocheck/reference/store"
)

var clusterFaults = []fault{
	{Info: Info{"replica-never-hears", "Each replica keeps a list of its own, and never hears of the others' logouts."}, plant: each(keepOwnList)},
	{Info: Info{"replica-lags-100ms", "A replica hears of another's logouts 100 ms late."}, plant: lagBehind},
	{Info: Info{"restart-forgets", "Logouts reach all running replicas but are kept in memory only, so that a restarted or added one knows none."}, plant: keepInMemory},
}

func keepOwnList(p *process) { p.list = store.NewMemory(p.cfg.Clock) }

const lag = 100 * time.Millisecond

type origin struct {
	by *process
	at time.Time
}

// lagging hides the entries of other replicas while they are fresh.
type lagging struct {
	store.List
	p     *process
	fresh *notes[origin]
}

func lagBehind(s *site) func(*process) {
	fresh := &notes[origin]{}
	return func(p *process) { p.list = lagging{s.list, p, fresh} }
}

func (l lagging) Add(ctx context.Context, key string, ttl time.Duration) error {
	l.fresh.put(key, origin{l.p, l.p.now()})
	return l.List.Add(ctx, key, ttl)
}

func (l lagging) Has(ctx context.Context, key string) (bool, error) {
	if o := l.fresh.get(key); o.by != l.p && within(l.p.now(), o.at, lag) {
		return false, nil
	}
	return l.List.Has(ctx, key)
}

// gossip tells every process that is listening.
type gossip struct {
	mu        sync.Mutex
	listening []store.List
}

// heard is the list of one process, which adds to the lists of all.
type heard struct {
	store.List
	all *gossip
}

func keepInMemory(*site) func(*process) {
	all := &gossip{}
	return func(p *process) {
		own := store.NewMemory(p.cfg.Clock)
		all.mu.Lock()
		defer all.mu.Unlock()
		all.listening = append(all.listening, own)
		p.list = heard{own, all}
	}
}

func (h heard) Add(ctx context.Context, key string, ttl time.Duration) error {
	h.all.mu.Lock()
	defer h.all.mu.Unlock()
	var errs []error
	for _, list := range h.all.listening {
		errs = append(errs, list.Add(ctx, key, ttl))
	}
	return errors.Join(errs...)
}
