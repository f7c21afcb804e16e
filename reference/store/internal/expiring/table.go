package expiring

import (
	"math/bits"
	"sync/atomic"
)

// table finds each entry in the group of its hash or in one after it, with no
// free slot in between. The readers hold no lock: the writer of a shard
// publishes a slot with its tag, and what is published changes in its end and
// value alone.
type table struct {
	// tags has a byte for each slot of a group: zero where the slot is free, or
	// else seven bits of the hash below a one. So a look-up of what is not there
	// is answered by one word, and those of a million entries are two megabytes.
	tags  []uint64
	slots []slot
	// values is nil as long as every value is zero, so that a set costs nothing
	// for them.
	values []int64
}

// slot is one entry, but for its value.
type slot struct {
	id
	end End
}

const (
	groupSize = 8
	eachByte  = 0x0101010101010101
	topBits   = 0x80 * eachByte
)

func newTable(groups int, valued bool) *table {
	t := &table{tags: make([]uint64, groups), slots: make([]slot, groups*groupSize)}
	if valued {
		t.values = make([]int64, len(t.slots))
	}
	return t
}

func (t *table) home(hi uint64) int {
	group, _ := bits.Mul64(hi<<shardBits, uint64(len(t.tags)))
	return int(group)
}

func tagOf(hi uint64) uint64 { return hi&0x7f | 0x80 }

// matches has the top bit of each byte of a group that may hold the tag: the
// bytes that do, and rarely others.
func matches(group, tag uint64) uint64 {
	differ := group ^ tag*eachByte
	return (differ - eachByte) & ^differ & topBits
}

// find returns the slot of the entry, or else the free one in which it would
// be. The low half of a hash is asked for only where the high one is the same.
func (t *table) find(hi uint64, same func(lo uint64) bool) (at int, found bool) {
	tag := tagOf(hi)
	for group := t.home(hi); ; {
		tags := atomic.LoadUint64(&t.tags[group])
		for m := matches(tags, tag); m != 0; m &= m - 1 {
			at := group*groupSize + bits.TrailingZeros64(m)/8
			if s := &t.slots[at]; s.hi == hi && same(s.lo) {
				return at, true
			}
		}
		if free := ^tags & topBits; free != 0 {
			return group*groupSize + bits.TrailingZeros64(free)/8, false
		}
		if group++; group == len(t.tags) {
			group = 0
		}
	}
}

func (t *table) findID(of id) (at int, found bool) {
	return t.find(of.hi, func(lo uint64) bool { return lo == of.lo })
}

func (t *table) free(at int) bool { return t.tags[at/groupSize]>>(at%groupSize*8)&0xff == 0 }

func (t *table) end(at int) End { return End(atomic.LoadInt64((*int64)(&t.slots[at].end))) }

func (t *table) value(at int) int64 {
	if t.values == nil {
		return 0
	}
	return atomic.LoadInt64(&t.values[at])
}

// change replaces the value and the end of an entry that is published. The end
// comes last, since a reader asks for it first.
func (t *table) change(at int, value int64, end End) {
	if t.values != nil {
		atomic.StoreInt64(&t.values[at], value)
	}
	atomic.StoreInt64((*int64)(&t.slots[at].end), int64(end))
}

// publish writes an entry into a free slot, its tag last.
func (t *table) publish(at int, of id, value int64, end End) {
	t.slots[at].id = of
	t.change(at, value, end)
	tags := &t.tags[at/groupSize]
	atomic.StoreUint64(tags, *tags|tagOf(of.hi)<<(at%groupSize*8))
}

// live counts the entries that have not ended.
func (t *table) live(now End) (n int) {
	if t == nil {
		return 0
	}
	for group := range t.tags {
		for used := atomic.LoadUint64(&t.tags[group]) & topBits; used != 0; used &= used - 1 {
			if t.end(group*groupSize+bits.TrailingZeros64(used)/8) > now {
				n++
			}
		}
	}
	return n
}
