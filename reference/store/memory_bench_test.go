package store_test

import (
	"crypto/sha256"
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/revocheck/revocheck/reference/clock"
	"github.com/revocheck/revocheck/reference/store"
)

// The benchmarks of a Memory with a million entries. Each compares it with a
// bare map within one run, in turns, because two runs never meet the same
// machine: go test -bench Memory -run '^$' ./reference/store
const million = 1_000_000

// digest is a key as the strategies make them.
func digest(kind string, n int) string {
	sum := sha256.Sum256(fmt.Append(nil, kind, n))
	return string(sum[:16])
}

// bare is the fastest map that answers the same question of one reader, while
// nobody writes.
type bare map[string]time.Time

func (b bare) has(key string, c clock.Clock) bool {
	ends, ok := b[key]
	return ok && c.Now().Before(ends)
}

// filled are a store and a bare map with the same million keys.
func filled(b *testing.B, c clock.Clock) (*store.Memory, bare) {
	b.Helper()
	m, plain, ends := store.NewMemory(c), bare{}, c.Now().Add(time.Hour)
	for n := range million {
		key := digest("dead", n)
		plain[key] = ends
		if err := m.Add(b.Context(), key, time.Hour); err != nil {
			b.Fatal(err)
		}
	}
	return m, plain
}

// asked are keys to look up, each a text of its own as it is in a gateway.
func asked(kind string) []string {
	const few = 1 << 16
	keys, choice := make([]string, few), rand.New(rand.NewPCG(1, 1))
	for i := range keys {
		keys[i] = strings.Clone(digest(kind, choice.IntN(million)))
	}
	return keys
}

// batch is how many look-ups are timed at once.
const batch = 1000

// inTurns times two ways to do the same, a batch of each in turns. It reports
// the median of either, which a batch that was interrupted does not move, and
// how many times that of the other the first is.
func inTurns(b *testing.B, one, other func(from int)) {
	b.Helper()
	took, against := make([]float64, 0, 1<<16), make([]float64, 0, 1<<16)
	timed := func(do func(int)) float64 {
		began := time.Now()
		do(len(took) * batch)
		return float64(time.Since(began)) / batch
	}
	for b.Loop() {
		t := timed(one)
		against = append(against, timed(other))
		took = append(took, t)
	}
	slices.Sort(took)
	slices.Sort(against)
	middle := len(took) / 2
	b.ReportMetric(took[middle], "ns/look-up")
	b.ReportMetric(against[middle], "ns/bare")
	b.ReportMetric(took[middle]/against[middle], "x-bare")
	b.ReportMetric(0, "ns/op")
}

func BenchmarkMemoryHas(b *testing.B) {
	c, ctx := clock.System(), b.Context()
	m, plain := filled(b, c)
	for _, kind := range []string{"dead", "live"} {
		keys, want := asked(kind), kind == "dead"
		through := func(has func(string) bool) func(int) {
			return func(from int) {
				for n := from; n < from+batch; n++ {
					if has(keys[n%len(keys)]) != want {
						b.Fatalf("a %s key is in the list: %t", kind, !want)
					}
				}
			}
		}
		b.Run(kind, func(b *testing.B) {
			b.ReportAllocs()
			inTurns(b, through(func(key string) bool { has, _ := m.Has(ctx, key); return has }),
				through(func(key string) bool { return plain.has(key, c) }))
		})
	}
}

// BenchmarkMemoryAdd fills a store with new keys.
func BenchmarkMemoryAdd(b *testing.B) {
	m, ctx := store.NewMemory(clock.System()), b.Context()
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		b.StopTimer()
		keys := make([]string, batch)
		for i := range keys {
			keys[i] = digest("dead", n)
			n++
		}
		b.StartTimer()
		for _, key := range keys {
			_ = m.Add(ctx, key, time.Hour)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(n), "ns/add")
}

// BenchmarkMemoryBytes reports the memory of an entry among a million.
func BenchmarkMemoryBytes(b *testing.B) {
	for b.Loop() {
		before := heap()
		m := store.NewMemory(clock.System())
		for n := range million {
			_ = m.Add(b.Context(), digest("dead", n), time.Hour)
		}
		b.ReportMetric(float64(heap()-before)/million, "B/entry")
		runtime.KeepAlive(m)
	}
}

func heap() uint64 {
	runtime.GC()
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return stats.HeapAlloc
}
