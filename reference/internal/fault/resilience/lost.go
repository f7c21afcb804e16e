package resilience

import (
	"context"
	"sync"
	"time"

	"github.com/revocheck/revocheck/reference/internal/fault"
	"github.com/revocheck/revocheck/reference/internal/gateway"
	"github.com/revocheck/revocheck/reference/store"
)

var lostFaults = []fault.Fault{
	{
		Name: "volatile-store", Summary: "The store keeps nothing on disk, and a restart of it loses every revocation.",
		Plant: func(s *gateway.Site) func(*gateway.Process) {
			s.Config.Volatile = true
			return func(*gateway.Process) {}
		},
	},
	{
		Name: "restart-loses-revocations", Summary: "The store is said to survive a restart, and loses every third revocation.",
		Plant: losing(3, func(e *gateway.Events) *[]func() { return &e.Restarted }),
	},
	{
		Name: "failover-loses-revocations", Summary: "The stand-in of the store lacks every second revocation when it takes over.",
		Plant: losing(2, func(e *gateway.Events) *[]func() { return &e.FailedOver }),
	},
	{
		Name: "evicts-when-full", Summary: "The store drops every second revocation to make room.",
		Plant: losing(2, func(e *gateway.Events) *[]func() { return &e.Filled }),
	},
}

// losing plants a list, shared by all replicas, that loses one of so many
// entries when something happens to the store.
func losing(oneOf int, when func(*gateway.Events) *[]func()) fault.Planting {
	return func(s *gateway.Site) func(*gateway.Process) {
		list := &forgetful{List: s.List, lost: map[string]bool{}}
		on := when(&s.Events)
		*on = append(*on, func() { list.lose(oneOf) })
		return func(p *gateway.Process) { p.List = list }
	}
}

type forgetful struct {
	store.List
	mu    sync.Mutex
	added []string
	lost  map[string]bool
}

func (f *forgetful) lose(oneOf int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for i, key := range f.added {
		if i%oneOf == 0 {
			f.lost[key] = true
		}
	}
}

func (f *forgetful) Add(ctx context.Context, key string, ttl time.Duration) error {
	err := f.List.Add(ctx, key, ttl)
	if err == nil {
		f.mu.Lock()
		defer f.mu.Unlock()
		f.added = append(f.added, key)
		delete(f.lost, key)
	}
	return err
}

func (f *forgetful) Has(ctx context.Context, key string) (bool, error) {
	has, err := f.List.Has(ctx, key)
	f.mu.Lock()
	defer f.mu.Unlock()
	return has && !f.lost[key], err
}
