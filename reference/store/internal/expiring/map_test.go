package expiring

import (
	"fmt"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"
	"time"
	"unsafe"
)

// slotsOf is how many slots a map holds.
func slotsOf(m *Map) (n int) {
	for i := range m.shards {
		if t := m.shards[i].table.Load(); t != nil {
			n += len(t.slots)
		}
	}
	return n
}

func fill(m *Map, from, to int, end, now End) {
	for i := from; i < to; i++ {
		m.Put(fmt.Sprint(i), 0, end, now)
	}
}

func TestAfter(t *testing.T) {
	now := time.Unix(1_700_000_000, 0)
	for ttl, want := range map[time.Duration]End{
		time.Second: Now(now) + 1e9, 0: Now(now), -time.Hour: Now(now) - 3600e9, 1<<63 - 1: Never, -1 << 63: 1,
	} {
		if got := After(now, ttl); got != want {
			t.Errorf("%d after now is %d, want %d", ttl, got, want)
		}
	}
}

func TestAMapAnswersAsAPlainMapDoes(t *testing.T) {
	for seed := range uint64(5) {
		var m Map
		plain := map[string]entry{}
		choice, now := rand.New(rand.NewPCG(seed, 1)), End(1)
		for n := range 20_000 {
			key := fmt.Sprint(choice.IntN(3000))
			value, end, ok := m.Get(key)
			if want, known := plain[key]; known && want.end > now && (!ok || value != want.value || end != want.end) || ok && end > now && !known {
				t.Fatalf("seed %d, step %d: %d, %d, %t for %s; want %+v", seed, n, value, end, ok, key, want)
			}
			switch choice.IntN(4) {
			case 0:
				now += End(choice.IntN(40))
			case 1:
				end := now + End(choice.IntN(5000))
				m.Put(key, int64(n), end, now)
				plain[key] = entry{int64(n), end}
			case 2:
				m.Update(key, now, func(old int64, end End, live bool) (int64, End) {
					if want := plain[key]; live != (want.end > now) || live && (old != want.value || end != want.end) {
						t.Errorf("seed %d, step %d: update is given %d, %d, %t; want %+v", seed, n, old, end, live, want)
					}
					plain[key] = entry{int64(n), max(end, now+100)}
					return int64(n), max(end, now+100)
				})
			case 3:
				if choice.IntN(2000) == 0 {
					m.Clear()
					clear(plain)
				}
			}
		}
		live := 0
		for _, s := range plain {
			if s.end > now {
				live++
			}
		}
		if got := m.Len(now); got != live {
			t.Errorf("seed %d: %d entries live, want %d", seed, got, live)
		}
	}
}

// What many write and read at once is there until its end for each of them.
func TestAMapIsSafeForConcurrentUse(t *testing.T) {
	var m Map
	var now atomic.Int64
	now.Store(1)
	var all sync.WaitGroup
	for writer := range int64(8) {
		all.Go(func() {
			for i := range int64(3000) {
				at := End(now.Add(1))
				key := fmt.Sprint(writer, " ", i)
				m.Put(key, i, at+1_000_000, at)
				if v, _, ok := m.Get(key); !ok || v != i {
					t.Errorf("%s is %d, %t", key, v, ok)
				}
				m.Put(fmt.Sprint("brief ", i), 0, at+5, at)
				m.Update("shared", at, func(old int64, _ End, _ bool) (int64, End) { return old + 1, Never })
			}
		})
	}
	all.Go(func() {
		for range 50 {
			m.Len(End(now.Load()))
		}
	})
	all.Wait()
	if v, _, _ := m.Get("shared"); v != 8*3000 {
		t.Errorf("%d updates are kept of %d", v, 8*3000)
	}
	if got := m.Len(1_000_000); got != 8*3000+1 {
		t.Errorf("%d entries live, want %d", got, 8*3000+1)
	}
}

func TestAMapDoesNotGrowForEver(t *testing.T) {
	var m Map
	const each = 20_000
	most := 0
	for round := range 20 {
		now := End(1 + 1000*round)
		fill(&m, round*each, (round+1)*each, now+500, now)
		most = max(most, slotsOf(&m))
	}
	// All but the entries of one round have ended: room for two is enough.
	if limit := 2*each*slotsFor/liveOf + 2*len(m.shards)*groupSize; most > limit {
		t.Errorf("%d slots are held for %d entries that live, want %d at most", most, each, limit)
	}
}

// A map that has been full gives its memory back once as many entries as fill it
// were written, however few of them live.
func TestAMapShrinks(t *testing.T) {
	var m Map
	const n = 100_000
	fill(&m, 0, n, 500, 1)
	full := slotsOf(&m)
	for i := range full {
		now := End(1000 + i)
		fill(&m, n+i, n+i+1, now+1, now)
	}
	if now := slotsOf(&m); now > full/20 {
		t.Errorf("%d slots are held for one entry that lives, and %d were for %d", now, full, n)
	}
}

func TestAnEntryOfAListCosts48BytesAtMost(t *testing.T) {
	var m Map
	now := 0
	for _, n := range []int{100_000, 130_000, 160_000, 200_000, 250_000, 300_000} {
		fill(&m, now, n, Never, 1)
		now = n
		bytes := slotsOf(&m)*int(1+unsafe.Sizeof(slot{})) + int(unsafe.Sizeof(m))
		if each := float64(bytes) / float64(n); each > 48 {
			t.Errorf("%d entries take %.1f bytes each", n, each)
		} else {
			t.Logf("%d entries take %.1f bytes each", n, each)
		}
	}
}

func TestALookUpAllocatesNothing(t *testing.T) {
	var m Map
	fill(&m, 0, 1000, Never, 1)
	if n := testing.AllocsPerRun(100, func() { m.Get("7"); m.Get("none") }); n != 0 {
		t.Errorf("two look-ups allocate %g times", n)
	}
	if n := testing.AllocsPerRun(100, func() { m.Put("7", 0, Never, 1) }); n != 0 {
		t.Errorf("writing an entry again allocates %g times", n)
	}
}

func TestAShardTakesUpACacheLine(t *testing.T) {
	if size := unsafe.Sizeof(shard{}); size != 64 {
		t.Errorf("a shard takes up %d bytes", size)
	}
}
