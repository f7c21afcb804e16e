package cache

import (
	"context"
	"sync"
	"time"
)

// clock tells the time.
type clock interface{ Now() time.Time }

// Memory is a cache in memory: the built-in cache of one region, or a
// stand-in for an external one. It is safe for concurrent use.
type Memory struct {
	mu      sync.Mutex
	clock   clock
	delay   time.Duration
	entries map[string]entry
}

type entry struct {
	value         string
	from, expires time.Time
}

// NewMemory returns an empty cache. A value is found once the delay has
// passed since it was stored.
func NewMemory(c clock, delay time.Duration) *Memory {
	return &Memory{clock: c, delay: delay, entries: map[string]entry{}}
}

// Store keeps a value for as long as its ttl.
func (m *Memory) Store(_ context.Context, key, value string, ttl time.Duration) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	now := m.clock.Now()
	m.sweep(now)
	m.entries[key] = entry{value, now.Add(m.delay), now.Add(ttl)}
	return nil
}

// Lookup finds a value that has arrived and not expired.
func (m *Memory) Lookup(_ context.Context, key string) (string, bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	e, ok := m.entries[key]
	now := m.clock.Now()
	if !ok || now.Before(e.from) || !now.Before(e.expires) {
		return "", false, nil
	}
	return e.value, true, nil
}

// Remove forgets a value.
func (m *Memory) Remove(_ context.Context, key string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.entries, key)
	return nil
}

// Clear forgets all values, as a restart of the platform does.
func (m *Memory) Clear() {
	m.mu.Lock()
	defer m.mu.Unlock()
	clear(m.entries)
}

// looks is how many values each Store looks at. Of those that stay, one in so
// many has expired, in the long run.
const looks = 8

// sweep drops what has expired among some values. Which ones, the order of a
// map decides, so that in time all have their turn and no Store takes long.
func (m *Memory) sweep(now time.Time) {
	left := looks
	for key, e := range m.entries {
		if !now.Before(e.expires) {
			delete(m.entries, key)
		}
		if left--; left == 0 {
			return
		}
	}
}
