package queue

import (
	"container/heap"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"
)

// plain is the queue of the standard library's documentation.
type plain []Event

func (p plain) Len() int           { return len(p) }
func (p plain) Less(i, j int) bool { return p[i].Before(p[j]) }
func (p plain) Swap(i, j int)      { p[i], p[j] = p[j], p[i] }
func (p *plain) Push(e any)        { *p = append(*p, e.(Event)) }
func (p *plain) Pop() any {
	last := (*p)[len(*p)-1]
	*p = (*p)[:len(*p)-1]
	return last
}

// delays are of what a simulation sees: long and short ones, and many at once.
var delays = map[string]func(*rand.Rand) int64{
	"exponential": func(r *rand.Rand) int64 { return int64(r.ExpFloat64() * 60e9) },
	"none":        func(*rand.Rand) int64 { return 0 },
	"mixed": func(r *rand.Rand) int64 {
		return []int64{0, 1, 1 << 15, 1 << 16, 1 << 17, 3600e9, 86400e9}[r.IntN(7)]
	},
}

func TestEventsComeInOrder(t *testing.T) {
	for name, delay := range delays {
		for seed := range uint64(3) {
			var radix Radix
			var four Heap
			std := &plain{}
			r := rand.New(rand.NewPCG(seed, 1))
			ref, now := uint64(0), int64(0)
			for step := range 20_000 {
				if std.Len() == 0 || step < 10_000 && r.IntN(3) > 0 {
					e := Event{now + delay(r), ref ^ 0x5555}
					ref++
					radix.Push(e)
					four.Push(e)
					heap.Push(std, e)
					continue
				}
				want := heap.Pop(std).(Event)
				if a, b := radix.Pop(), four.Pop(); a != want || b != want {
					t.Fatalf("%s, step %d: %v and %v, want %v", name, step, a, b, want)
				}
				now = want.At
			}
			if radix.Len() != std.Len() || four.Len() != std.Len() {
				t.Errorf("%s: %d and %d are left, want %d", name, radix.Len(), four.Len(), std.Len())
			}
		}
	}
}

func TestWhatIsPushedLateIsDueNow(t *testing.T) {
	var r Radix
	r.Push(Event{1e9, 1})
	r.Push(Event{2e9, 2})
	r.Pop()
	r.Push(Event{5, 3})
	if e := r.Pop(); e != (Event{1e9, 3}) {
		t.Errorf("%v comes first", e)
	}
}

// BenchmarkHold takes an event and puts it back with a new delay.
func BenchmarkHold(b *testing.B) {
	for _, n := range []int{100_000, 1_000_000, 10_000_000} {
		b.Run(fmt.Sprintf("radix/%d", n), func(b *testing.B) { var q Radix; hold(b, &q, n) })
		if n <= 1_000_000 {
			b.Run(fmt.Sprintf("heap/%d", n), func(b *testing.B) { var q Heap; hold(b, &q, n) })
		}
	}
}

func hold(b *testing.B, q interface {
	Push(Event)
	Pop() Event
}, n int) {
	r := rand.New(rand.NewPCG(1, 1))
	for i := range n {
		q.Push(Event{int64(r.ExpFloat64() * float64(time.Minute)), uint64(i)})
	}
	b.ReportAllocs()
	for b.Loop() {
		e := q.Pop()
		e.At += int64(r.ExpFloat64() * float64(time.Minute))
		q.Push(e)
	}
}

// BenchmarkAllAtOnce takes events that are all due at one instant.
func BenchmarkAllAtOnce(b *testing.B) {
	var q Radix
	for b.Loop() {
		b.StopTimer()
		for i := range 100_000 {
			q.Push(Event{q.last + 1, uint64(i)})
		}
		b.StartTimer()
		for range 100_000 {
			q.Pop()
		}
	}
}
