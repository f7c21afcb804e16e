package store

import (
	"context"
	"sync"
	"time"

	"github.com/revocheck/revocheck/reference/clock"
)

// Memory is a Store in the memory of the process.
type Memory struct {
	clock clock.Clock

	mu          sync.RWMutex
	entries     map[string]end
	generations map[string]generation
	sweepAt     int
}

// end is the instant at which an entry ends; the zero value is never.
type end struct{ time.Time }

type generation struct {
	number int64
	end    end
}

// leastSweep is the number of entries under which sweeping is not worth it.
const leastSweep = 1024

var _ Store = (*Memory)(nil)

// NewMemory returns an empty store that drops entries by the given clock.
func NewMemory(c clock.Clock) *Memory {
	return &Memory{
		clock: c, sweepAt: leastSweep,
		entries: map[string]end{}, generations: map[string]generation{},
	}
}

// Add implements List.
func (m *Memory) Add(_ context.Context, key string, ttl time.Duration) error {
	if ttl <= 0 && ttl != Forever {
		return nil
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.entries[key] = m.endAfter(ttl)
	m.sweepWhenFull()
	return nil
}

// Has implements List.
func (m *Memory) Has(_ context.Context, key string) (bool, error) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	e, ok := m.entries[key]
	return ok && !e.past(m.clock.Now()), nil
}

// Join implements Generations.
func (m *Memory) Join(_ context.Context, user string, ttl time.Duration) (int64, error) {
	return m.raise(user, 0, ttl), nil
}

// Generation implements Generations.
func (m *Memory) Generation(_ context.Context, user string) (int64, error) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return m.current(user).number, nil
}

// Raise implements Generations.
func (m *Memory) Raise(_ context.Context, user string, to int64, ttl time.Duration) error {
	m.raise(user, to, ttl)
	return nil
}

func (m *Memory) raise(user string, to int64, ttl time.Duration) int64 {
	m.mu.Lock()
	defer m.mu.Unlock()
	g := m.current(user)
	g.number = max(g.number, to)
	g.end = later(g.end, m.endAfter(ttl))
	m.generations[user] = g
	m.sweepWhenFull()
	return g.number
}

// current is the user's record, or one that has ended already.
func (m *Memory) current(user string) generation {
	now := m.clock.Now()
	if g, ok := m.generations[user]; ok && !g.end.past(now) {
		return g
	}
	return generation{end: end{now}}
}

// Len implements Store.
func (m *Memory) Len(context.Context) (int, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.sweep()
	return len(m.entries) + len(m.generations), nil
}

// Forget drops every entry.
func (m *Memory) Forget() error {
	m.mu.Lock()
	defer m.mu.Unlock()
	clear(m.entries)
	clear(m.generations)
	return nil
}

// Close implements Store. It has nothing to free.
func (m *Memory) Close() error { return nil }

func (m *Memory) endAfter(ttl time.Duration) end {
	if ttl == Forever {
		return end{}
	}
	return end{m.clock.Now().Add(ttl)}
}

// sweepWhenFull drops ended entries whenever their number has doubled, so
// that a write costs constant time on average.
func (m *Memory) sweepWhenFull() {
	if len(m.entries)+len(m.generations) < m.sweepAt {
		return
	}
	m.sweep()
	m.sweepAt = max(leastSweep, 2*(len(m.entries)+len(m.generations)))
}

func (m *Memory) sweep() {
	now := m.clock.Now()
	for key, e := range m.entries {
		if e.past(now) {
			delete(m.entries, key)
		}
	}
	for user, g := range m.generations {
		if g.end.past(now) {
			delete(m.generations, user)
		}
	}
}

func (e end) past(now time.Time) bool { return !e.IsZero() && !now.Before(e.Time) }

func later(a, b end) end {
	if a.IsZero() || b.IsZero() {
		return end{}
	}
	if a.After(b.Time) {
		return a
	}
	return b
}
