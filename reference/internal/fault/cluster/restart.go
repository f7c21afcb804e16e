package cluster

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/revocheck/revocheck/reference/internal/fault"
	"github.com/revocheck/revocheck/reference/internal/gateway"
	"github.com/revocheck/revocheck/reference/store"
)

var restartFaults = []fault.Fault{
	{Name: "restart-forgets", Summary: "Logouts reach all running replicas but are kept in memory only, so that a restarted or added one knows none.", Plant: keepInMemory},
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

func keepInMemory(*gateway.Site) func(*gateway.Process) {
	all := &gossip{}
	return func(p *gateway.Process) {
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
