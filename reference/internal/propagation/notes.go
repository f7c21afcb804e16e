// Package propagation makes what one replica stored known to the others some
// time later, or not at all. All of them share one store; notes say which of its
// entries a replica has not heard of yet, and are forgotten once all have.
package propagation

import (
	"math"
	"sync"
	"time"
)

// Never is the delay of what is lost on its way.
const Never time.Duration = math.MaxInt64

// Network says how long an entry takes from one replica to another, and the
// longest that it takes to any. Both are the same whenever they are asked.
type Network interface {
	Delay(from, to int, key string) time.Duration
	Longest(from int, key string) time.Duration
}

// Constant is a network in which everything takes as long.
type Constant time.Duration

// Delay implements Network.
func (c Constant) Delay(int, int, string) time.Duration { return time.Duration(c) }

// Longest implements Network.
func (c Constant) Longest(int, string) time.Duration { return time.Duration(c) }

// Notes are safe for concurrent use. The zero value has none.
type Notes struct {
	mu    sync.Mutex
	notes map[string]note
	full  int // at how many notes those that all have heard of are looked for
}

// note is who made an entry, and when; one as a rule.
type note struct {
	made   []made
	before int64     // the number that it had before
	until  time.Time // when all have heard of it; zero if not all ever do
	ends   time.Time // when the entry itself does; zero if it never does
}

// made is one time at which a replica made the entry, or raised it to a number.
type made struct {
	by int
	at time.Time
	to int64
}

// leastFull is when old notes are first looked for.
const leastFull = 1024

// Make notes that a replica raised an entry from a number to another one now. An
// entry of a list is raised from 0 to 1. It ends after ttl, or never if that is
// negative.
func (n *Notes) Make(over Network, key string, by int, before, to int64, now time.Time, ttl time.Duration) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.notes == nil {
		n.notes, n.full = map[string]note{}, leastFull
	}
	if len(n.notes) >= n.full {
		n.forget(now)
	}
	at, known := n.notes[key]
	if !known || at.over(now) {
		at = note{before: before, until: now}
	}
	at.made = append(at.made, made{by, now, to})
	if longest := over.Longest(by, key); longest == Never {
		at.until = time.Time{}
	} else if !at.until.IsZero() && now.Add(longest).After(at.until) {
		at.until = now.Add(longest)
	}
	at.ends = time.Time{}
	if ttl >= 0 {
		at.ends = now.Add(ttl)
	}
	n.notes[key] = at
}

// Known is the number of an entry as a replica knows it; all is true if it knows
// all that the store does.
func (n *Notes) Known(over Network, key string, replica int, now time.Time) (number int64, all bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	at, noted := n.notes[key]
	if !noted || at.over(now) {
		return 0, true
	}
	number, all = at.before, true
	for _, m := range at.made {
		delay := time.Duration(0)
		if m.by != replica {
			delay = over.Delay(m.by, replica, key)
		}
		if delay != Never && now.Sub(m.at) >= delay {
			number = max(number, m.to)
		} else {
			all = false
		}
	}
	return number, all
}

// Len is how many notes are kept.
func (n *Notes) Len() int {
	n.mu.Lock()
	defer n.mu.Unlock()
	return len(n.notes)
}

// Clear forgets all, as a store does that loses its entries.
func (n *Notes) Clear() {
	n.mu.Lock()
	defer n.mu.Unlock()
	clear(n.notes)
}

// over tells whether the note says nothing any more.
func (at note) over(now time.Time) bool {
	return !at.until.IsZero() && !now.Before(at.until) || !at.ends.IsZero() && !now.Before(at.ends)
}

func (n *Notes) forget(now time.Time) {
	for key, at := range n.notes {
		if at.over(now) {
			delete(n.notes, key)
		}
	}
	n.full = max(leastFull, 2*len(n.notes))
}
