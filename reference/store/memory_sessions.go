package store

import (
	"context"
	"encoding/binary"
	"hash/maphash"
	"sync/atomic"
	"time"

	"github.com/revocheck/revocheck/reference/clock"
	"github.com/revocheck/revocheck/reference/store/internal/expiring"
)

// MemorySessions are Sessions in the memory of the process, with a list of those
// that were ended, and the generations of a Memory.
type MemorySessions struct {
	Generations
	clock    clock.Clock
	sessions expiring.Map // the number of each session in the order of opening, or ended
	owners   expiring.Map // the user of each session, as a hash
	cuts     expiring.Map // of a user: sessions up to this number have ended
	numbers  atomic.Int64
	cut      atomic.Bool // whether there is a cut at all
}

var (
	_ List     = (*MemorySessions)(nil)
	_ Sessions = (*MemorySessions)(nil)
)

// ended is in place of the number of a session that was ended.
const ended = 0

var users = maphash.MakeSeed()

// NewMemorySessions returns an empty store that drops sessions by the given
// clock.
func NewMemorySessions(c clock.Clock) *MemorySessions {
	return &MemorySessions{Generations: NewMemory(c), clock: c}
}

// Open implements Sessions.
func (m *MemorySessions) Open(_ context.Context, key, user string, ttl time.Duration) error {
	now := m.clock.Now()
	number, end, fresh := m.numbers.Add(1), ends(now, ttl), false
	m.sessions.Update(key, expiring.Now(now), func(old int64, was expiring.End, live bool) (int64, expiring.End) {
		if fresh = !live; live {
			return old, was // as one that is there already
		}
		return number, end
	})
	if fresh {
		m.owners.Put(key, ownerOf(user), end, expiring.Now(now))
	}
	return nil
}

// Active implements Sessions.
func (m *MemorySessions) Active(_ context.Context, key string) (bool, error) {
	number, end, ok := m.sessions.Get(key)
	if !ok || number == ended || end <= m.now() {
		return false, nil
	}
	if !m.cut.Load() {
		return true, nil
	}
	owner, _, _ := m.owners.Get(key)
	cut, until, ok := m.cuts.Get(cutOf(owner))
	return !ok || until <= m.now() || number > cut, nil
}

// EndUser implements Sessions.
func (m *MemorySessions) EndUser(_ context.Context, user string) error {
	m.cuts.Put(cutOf(ownerOf(user)), m.numbers.Load(), expiring.Never, m.now())
	m.cut.Store(true)
	return nil
}

// Add implements List: it ends the session, also one that was never opened.
func (m *MemorySessions) Add(_ context.Context, key string, ttl time.Duration) error {
	if ttl <= 0 && ttl != Forever {
		return nil
	}
	now := m.clock.Now()
	m.sessions.Put(key, ended, ends(now, ttl), expiring.Now(now))
	return nil
}

// Has implements List: it tells whether the session was ended.
func (m *MemorySessions) Has(_ context.Context, key string) (bool, error) {
	number, end, ok := m.sessions.Get(key)
	return ok && number == ended && end > m.now(), nil
}

// Len is the number of sessions held, open or ended.
func (m *MemorySessions) Len(context.Context) (int, error) { return m.sessions.Len(m.now()), nil }

// Forget drops every session.
func (m *MemorySessions) Forget() error {
	m.sessions.Clear()
	m.owners.Clear()
	m.cuts.Clear()
	return nil
}

func (m *MemorySessions) now() expiring.End { return expiring.Now(m.clock.Now()) }

func ownerOf(user string) int64 { return int64(maphash.String(users, user)) }

func cutOf(owner int64) string {
	return string(binary.LittleEndian.AppendUint64(nil, uint64(owner)))
}
