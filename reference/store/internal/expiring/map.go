package expiring

import (
	"hash/maphash"
	"sync"
	"sync/atomic"
)

// shardBits of a hash choose its shard. With 256 shards one holds 4,000 of a
// million entries, and replaces its table within some tens of microseconds.
const shardBits = 8

// Map holds a value and an end for each key. It is safe for concurrent use; the
// zero value is empty and ready.
type Map struct {
	shards [1 << shardBits]shard
}

// id is the hash of a key.
type id struct{ hi, lo uint64 }

var high, low = maphash.MakeSeed(), maphash.MakeSeed()

func (m *Map) shard(hi uint64) *shard { return &m.shards[hi>>(64-shardBits)] }

// Get returns the value and the end of a key. Whether that has come is for the
// caller to see, who needs no clock for a key that is not there. It waits for
// nobody.
func (m *Map) Get(key string) (value int64, end End, ok bool) {
	hi := maphash.String(high, key)
	t := m.shard(hi).table.Load()
	if t == nil {
		return 0, 0, false
	}
	at, found := t.find(hi, func(lo uint64) bool { return lo == maphash.String(low, key) })
	if !found {
		return 0, 0, false
	}
	end = t.end(at) // before the value: whoever changes both writes it last
	return t.value(at), end, true
}

// Put sets the value and the end of a key.
func (m *Map) Put(key string, value int64, end, now End) {
	m.Update(key, now, func(int64, End, bool) (int64, End) { return value, end })
}

// Update changes the entry of a key in one step; live is false where there is
// none, or it has ended by now.
func (m *Map) Update(key string, now End, change func(old int64, end End, live bool) (int64, End)) {
	of := id{maphash.String(high, key), maphash.String(low, key)}
	s := m.shard(of.hi)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.update(of, now, change)
}

// Len counts the entries that have not ended by now.
func (m *Map) Len(now End) (n int) {
	for i := range m.shards {
		n += m.shards[i].table.Load().live(now)
	}
	return n
}

// Clear drops every entry.
func (m *Map) Clear() {
	for i := range m.shards {
		s := &m.shards[i]
		s.mu.Lock()
		s.table.Store(nil)
		s.used = 0
		s.mu.Unlock()
	}
}

// shard is a table and what its writers know of it. It takes up a cache line,
// so that writers disturb the readers of no other.
type shard struct {
	table atomic.Pointer[table]
	mu    sync.Mutex // held by whoever writes
	used  int32      // slots that are not free
	_     [40]byte
}
