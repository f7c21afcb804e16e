// Package clock is the port through which the reference gateway, its stores
// and its policies read the time, so that an hour's lifetime can pass in an
// instant.
package clock

import (
	"sync"
	"time"
)

// Clock tells the time.
type Clock interface {
	Now() time.Time
}

type system struct{}

func (system) Now() time.Time { return time.Now() }

// System is the clock of the machine.
func System() Clock { return system{} }

// Movable is real time plus an offset: time flows by itself, and Advance
// makes it jump. The zero value shows real time. It is safe for concurrent
// use.
type Movable struct {
	stopped time.Time // what a stopped clock showed at first; zero if time flows

	mu     sync.RWMutex
	offset time.Duration
	hooks  []func(time.Duration)
}

// NewMovable returns a clock that shows real time until it is advanced.
func NewMovable() *Movable { return &Movable{} }

// NewStopped returns a clock that shows the present time and moves only when
// it is advanced, so that what happens within 100 ms does not depend on how
// busy the machine is.
func NewStopped() *Movable { return &Movable{stopped: time.Now().Round(0)} }

// Now is the real time, or that of a stopped clock, plus all that the clock
// was advanced by.
func (m *Movable) Now() time.Time {
	m.mu.RLock()
	defer m.mu.RUnlock()
	if !m.stopped.IsZero() {
		return m.stopped.Add(m.offset)
	}
	return time.Now().Add(m.offset)
}

// Advance makes the clock jump by d, then calls the hooks in the order in
// which they were registered. Time does not run backwards: a negative d is
// taken as zero.
func (m *Movable) Advance(d time.Duration) {
	d = max(d, 0)
	m.mu.Lock()
	m.offset += d
	hooks := m.hooks
	m.mu.Unlock()
	for _, hook := range hooks {
		hook(d)
	}
}

// OnAdvance registers a hook which is called after each jump, for parts that
// keep a time of their own.
func (m *Movable) OnAdvance(hook func(time.Duration)) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.hooks = append(m.hooks[:len(m.hooks):len(m.hooks)], hook)
}
