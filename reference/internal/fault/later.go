package fault

import (
	"sync"
	"time"
)

// Later holds writes that are done late. The zero value is empty.
type Later struct {
	mu     sync.Mutex
	writes []dueWrite
}

type dueWrite struct {
	at    time.Time
	write func() error
}

// Add has write be done at some instant, by the first Flush after it.
func (l *Later) Add(at time.Time, write func() error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.writes = append(l.writes, dueWrite{at, write})
}

// Flush does what has fallen due.
func (l *Later) Flush(now time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for len(l.writes) > 0 && !now.Before(l.writes[0].at) {
		_ = l.writes[0].write() // nobody is there to be told: that is the fault
		l.writes = l.writes[1:]
	}
}
