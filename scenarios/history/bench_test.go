package history_test

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"testing"
	"time"

	"github.com/revocheck/revocheck/scenarios/history"
)

// long makes a legal history of n operations by 64 clients on a number of
// registers, each revoked in the middle of its time.
func long(n, registers int) []history.Operation {
	r := rand.New(rand.NewPCG(1, 2))
	each := n / registers
	var ops []history.Operation
	for i := range registers {
		name := fmt.Sprint("T", i)
		middle := each / 2
		for k := range each {
			from := k*1000 + r.IntN(1000)
			o := call(from, from+r.IntN(64_000), accepted)
			o.Register, o.Token, o.Client, o.Replica = name, name, k%64, k%3
			switch {
			case k == middle:
				o.Kind = history.Logout
			case k%97 == 96:
				o.Outcome = unknown
			case o.Sent.After(origin.Add(time.Duration(middle) * time.Second)):
				o.Outcome = refused
			}
			ops = append(ops, o)
		}
	}
	return ops
}

// BenchmarkCheck checks 100,000 operations: on many tokens, on a few busy
// ones, and all on one.
func BenchmarkCheck(b *testing.B) {
	for _, registers := range []int{2000, 20, 1} {
		b.Run(fmt.Sprintf("registers=%d", registers), func(b *testing.B) {
			ops := long(100_000, registers)
			b.ReportAllocs()
			for b.Loop() {
				if r := history.Check(ops, history.Limits{}); !r.OK() {
					b.Fatalf("%+v", r.Violations[0])
				}
			}
		})
	}
}

// TestALongHistoryIsDecided checks 100,000 operations, sound and with a leak:
// the search in each register ends within its time, and all that is allocated
// on the way is less than 1 GiB.
func TestALongHistoryIsDecided(t *testing.T) {
	const operations, most = 100_000, 1 << 30
	limits := history.Limits{Time: 10 * time.Second}
	for _, registers := range []int{2000, 20, 1} {
		ops := long(operations, registers)
		leak := ops[len(ops)-1]
		leak.Outcome, leak.Sent = accepted, leak.Received.Add(time.Minute)
		leak.Received = leak.Sent.Add(time.Millisecond)
		for violations, ops := range [][]history.Operation{ops, append(ops[:len(ops):len(ops)], leak)} {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			r := history.Check(ops, limits)
			runtime.ReadMemStats(&after)
			if len(r.Violations) != violations || len(r.Undecided) > 0 || r.Operations < operations {
				t.Errorf("%d registers: %d violations, want %d; undecided: %v", registers, len(r.Violations), violations, r.Undecided)
			}
			if used := after.TotalAlloc - before.TotalAlloc; used > most {
				t.Errorf("%d registers: %d MiB were allocated", registers, used>>20)
			}
		}
	}
}
