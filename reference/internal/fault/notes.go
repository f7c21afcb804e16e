package fault

import (
	"sync"
	"time"
)

// Notes is what a fault remembers, under a lock. The zero value is empty.
type Notes[V any] struct {
	mu   sync.Mutex
	kept map[string]V
}

// Update replaces what is kept under the key and returns the new value. The
// function is given the zero value for a new key.
func (n *Notes[V]) Update(key string, change func(old V) V) V {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.kept == nil {
		n.kept = map[string]V{}
	}
	v := change(n.kept[key])
	n.kept[key] = v
	return v
}

// Put keeps the value under the key.
func (n *Notes[V]) Put(key string, v V) { n.Update(key, func(V) V { return v }) }

// Get is what is kept under the key, or the zero value.
func (n *Notes[V]) Get(key string) V {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.kept[key]
}

// Count adds one to the number under the key and returns it.
func Count(n *Notes[int], key string) int {
	return n.Update(key, func(old int) int { return old + 1 })
}

// Numbering gives each key the next number, from 1, when it is first seen.
type Numbering struct {
	Notes[int]
	last int
}

// Of is the number of the key.
func (n *Numbering) Of(key string) int {
	return n.Update(key, func(old int) int {
		if old == 0 {
			n.last++
			return n.last
		}
		return old
	})
}

// Newest is the number that was given last; 0 if there is none.
func (n *Numbering) Newest() int {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.last
}

// Within tells whether less than d has passed since the instant.
func Within(now, instant time.Time, d time.Duration) bool {
	return !instant.IsZero() && now.Sub(instant) < d
}
