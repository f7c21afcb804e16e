package store

import (
	"context"
	"time"

	"github.com/revocheck/revocheck/reference/clock"
	"github.com/revocheck/revocheck/reference/store/internal/expiring"
)

// Memory is a Store in the memory of the process.
type Memory struct {
	clock       clock.Clock
	entries     expiring.Map
	generations expiring.Map
}

var _ Store = (*Memory)(nil)

// NewMemory returns an empty store that drops entries by the given clock.
func NewMemory(c clock.Clock) *Memory { return &Memory{clock: c} }

// Add implements List.
func (m *Memory) Add(_ context.Context, key string, ttl time.Duration) error {
	if ttl <= 0 && ttl != Forever {
		return nil
	}
	now := m.clock.Now()
	m.entries.Put(key, 0, ends(now, ttl), expiring.Now(now))
	return nil
}

// Has implements List.
func (m *Memory) Has(_ context.Context, key string) (bool, error) {
	_, end, ok := m.entries.Get(key)
	return ok && end > m.now(), nil
}

// Join implements Generations.
func (m *Memory) Join(_ context.Context, user string, ttl time.Duration) (int64, error) {
	return m.raise(user, 0, ttl), nil
}

// Generation implements Generations.
func (m *Memory) Generation(_ context.Context, user string) (int64, error) {
	if n, end, ok := m.generations.Get(user); ok && end > m.now() {
		return n, nil
	}
	return 0, nil
}

// Raise implements Generations.
func (m *Memory) Raise(_ context.Context, user string, to int64, ttl time.Duration) error {
	m.raise(user, to, ttl)
	return nil
}

func (m *Memory) raise(user string, to int64, ttl time.Duration) (number int64) {
	now := m.clock.Now()
	m.generations.Update(user, expiring.Now(now), func(old int64, end expiring.End, live bool) (int64, expiring.End) {
		number = to
		if live {
			number = max(old, to)
		}
		return number, max(end, ends(now, ttl))
	})
	return number
}

// Len implements Store.
func (m *Memory) Len(context.Context) (int, error) {
	now := m.now()
	return m.entries.Len(now) + m.generations.Len(now), nil
}

// Forget drops every entry.
func (m *Memory) Forget() error {
	m.entries.Clear()
	m.generations.Clear()
	return nil
}

// Close implements Store. It has nothing to free.
func (m *Memory) Close() error { return nil }

func (m *Memory) now() expiring.End { return expiring.Now(m.clock.Now()) }

func ends(now time.Time, ttl time.Duration) expiring.End {
	if ttl == Forever {
		return expiring.Never
	}
	return expiring.After(now, ttl)
}
