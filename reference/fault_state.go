package reference

import (
	"sync"
	"time"
)

// notes is what a fault remembers, under a lock. The zero value is empty.
type notes[V any] struct {
	mu   sync.Mutex
	kept map[string]V
}

// update replaces what is kept under the key and returns the new value. The
// function is given the zero value for a new key.
func (n *notes[V]) update(key string, change func(old V) V) V {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.kept == nil {
		n.kept = map[string]V{}
	}
	v := change(n.kept[key])
	n.kept[key] = v
	return v
}

func (n *notes[V]) put(key string, v V) { n.update(key, func(V) V { return v }) }

// get is what is kept under the key, or the zero value.
func (n *notes[V]) get(key string) V {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.kept[key]
}

// count adds one to the number under the key and returns it.
func count(n *notes[int], key string) int {
	return n.update(key, func(old int) int { return old + 1 })
}

// numbering gives each key the next number, from 1, when it is first seen.
type numbering struct {
	notes[int]
	last int
}

func (n *numbering) of(key string) int {
	return n.update(key, func(old int) int {
		if old == 0 {
			n.last++
			return n.last
		}
		return old
	})
}

// newest is the number that was given last; 0 if there is none.
func (n *numbering) newest() int {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.last
}

// within tells whether less than d has passed since the instant.
func within(now, instant time.Time, d time.Duration) bool {
	return !instant.IsZero() && now.Sub(instant) < d
}
