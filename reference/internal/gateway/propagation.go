package gateway

import (
	"sync"
	"time"

	"github.com/revocheck/revocheck/reference/internal/propagation"
	"github.com/revocheck/revocheck/reference/store"
)

// hearsay is what the replicas of a site know of each other's entries.
type hearsay struct {
	propagation.Notes
	mu      sync.Mutex
	numbers map[*store.Breakable]int // of replicas, by their links
}

// number is that of a replica, which outlives its process.
func (h *hearsay) number(link *store.Breakable) int {
	h.mu.Lock()
	defer h.mu.Unlock()
	number, known := h.numbers[link]
	if !known {
		number = len(h.numbers)
		h.numbers[link] = number
	}
	return number
}

// HearsLate gives the list of a process that hears of the other replicas'
// entries some time after they were first made. A restarted one knows what its
// replica did.
func (s *Site) HearsLate(p *Process, after time.Duration, now func() time.Time) store.List {
	view := propagation.View{Notes: &s.hearsay.Notes, Network: propagation.Constant(after), Replica: s.hearsay.number(p.Link), Now: now}
	return view.List(p.Link)
}
