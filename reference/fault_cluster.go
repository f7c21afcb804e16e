package reference

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/revocheck/revocheck/reference/store"
)

var clusterFaults = []Fault{
	{Name: "replica-never-hears", Summary: "Each replica keeps a list of its own, and never hears of the others' logouts.", Plant: Each(keepOwnList)},
	{Name: "replica-lags-100ms", Summary: "A replica hears of another's logouts 100 ms late.", Plant: lagBehind},
	{
		Name: "lags-past-window", Summary: "A replica hears of another's logouts 100 ms late, and a leak window of 50 ms is declared.",
		Adjust: func(cfg *Config) { cfg.LeakWindow = lag / 2 }, Plant: lagBehind,
	},
	{Name: "restart-forgets", Summary: "Logouts reach all running replicas but are kept in memory only, so that a restarted or added one knows none.", Plant: keepInMemory},
}

func keepOwnList(p *Process) { p.List = store.NewMemory(p.Config.Clock) }

const lag = 100 * time.Millisecond

func lagBehind(s *Site) func(*Process) {
	return func(p *Process) { p.List = s.HearsLate(p, lag, p.Now) }
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

func keepInMemory(*Site) func(*Process) {
	all := &gossip{}
	return func(p *Process) {
		own := store.NewMemory(p.Config.Clock)
		all.mu.Lock()
		defer all.mu.Unlock()
		all.listening = append(all.listening, own)
		p.List = heard{own, all}
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
