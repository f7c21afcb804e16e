package store_test

import (
	"fmt"
	"runtime"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"github.com/revocheck/revocheck/reference/clock"
)

// busy is the time that this thread has had on a processor, so that what other
// programs take is not counted as a pause.
func busy(b *testing.B) time.Duration {
	var t unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_THREAD_CPUTIME_ID, &t); err != nil {
		b.Fatal(err)
	}
	return time.Duration(t.Nano())
}

// BenchmarkMemoryPause has a million entries end at once and reports the
// longest that a look-up and a write took until all of them were dropped, in
// time of this thread. The look-up in a bare map that drops nothing shows what
// the machine and the garbage collector do to anybody.
func BenchmarkMemoryPause(b *testing.B) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	c, ctx := clock.NewStopped(), b.Context()
	m, plain := filled(b, c)
	keys := asked("dead")
	var look, write, machine time.Duration
	rounds := 0
	for b.Loop() {
		c.Advance(2 * time.Hour) // all that was added before has ended
		for n := range million {
			key, fresh := keys[n%len(keys)], fmt.Sprint(rounds, "-", n)
			at := busy(b)
			_, _ = m.Has(ctx, key)
			looked := busy(b)
			plain.has(key, c)
			compared := busy(b)
			_ = m.Add(ctx, fresh, time.Hour)
			write = max(write, busy(b)-compared)
			look, machine = max(look, looked-at), max(machine, compared-looked)
		}
		if n, _ := m.Len(ctx); n != million {
			b.Fatalf("%d entries live, want %d", n, million)
		}
		rounds++
	}
	b.ReportMetric(float64(look.Microseconds()), "µs-longest-look-up")
	b.ReportMetric(float64(write.Microseconds()), "µs-longest-write")
	b.ReportMetric(float64(machine.Microseconds()), "µs-longest-bare")
}
