package apim

import (
	"context"
	"errors"
	"sync"
	"time"
)

// Cache is an external cache, such as Redis. Values are opaque text.
type Cache interface {
	Store(ctx context.Context, key, value string, ttl time.Duration) error
	Lookup(ctx context.Context, key string) (value string, found bool, err error)
	Remove(ctx context.Context, key string) error
}

// noCache is a cache that cannot be reached.
type noCache struct{}

var errNoCache = errors.New("there is no cache")

func (noCache) Store(context.Context, string, string, time.Duration) error { return errNoCache }
func (noCache) Lookup(context.Context, string) (string, bool, error)       { return "", false, errNoCache }
func (noCache) Remove(context.Context, string) error                       { return errNoCache }

// MemoryCache is a cache in memory: the built-in cache of one region, or a
// stand-in for an external one. It is safe for concurrent use.
type MemoryCache struct {
	mu      sync.Mutex
	clock   Clock
	delay   time.Duration
	entries map[string]entry
	stores  int // since the last sweep
}

type entry struct {
	value         string
	from, expires time.Time
}

// NewMemoryCache returns an empty cache. A value is found once the delay has
// passed since it was stored.
func NewMemoryCache(c Clock, delay time.Duration) *MemoryCache {
	return &MemoryCache{clock: c, delay: delay, entries: map[string]entry{}}
}

// Store keeps a value for as long as its ttl.
func (m *MemoryCache) Store(_ context.Context, key, value string, ttl time.Duration) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	now := m.clock.Now()
	m.sweep(now)
	m.entries[key] = entry{value, now.Add(m.delay), now.Add(ttl)}
	return nil
}

// Lookup finds a value that has arrived and not expired.
func (m *MemoryCache) Lookup(_ context.Context, key string) (string, bool, error) {
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
func (m *MemoryCache) Remove(_ context.Context, key string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.entries, key)
	return nil
}

// Clear forgets all values, as a restart of the platform does.
func (m *MemoryCache) Clear() {
	m.mu.Lock()
	defer m.mu.Unlock()
	clear(m.entries)
}

// sweep drops what has expired, once in many stores.
func (m *MemoryCache) sweep(now time.Time) {
	m.stores++
	if m.stores < 4096 {
		return
	}
	m.stores = 0
	for key, e := range m.entries {
		if !now.Before(e.expires) {
			delete(m.entries, key)
		}
	}
}
