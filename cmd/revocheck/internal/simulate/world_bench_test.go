package simulate

import (
	"context"
	"fmt"
	"runtime"
	"syscall"
	"testing"
	"time"

	"github.com/revocheck/revocheck/loadgen/simulation"
	"github.com/revocheck/revocheck/loadgen/simulation/workload"
	"github.com/revocheck/revocheck/loadgen/simulation/world"
)

// many have as many live tokens as a benchmark is named for, each called once a
// minute and logged out after 50; what was logged out before is in the list.
func many(b *testing.B, live int) *workload.Workload {
	b.Helper()
	w := workload.Default()
	w.Users = workload.Users{Count: float64(live) / 0.9, Logins: 25.92, Session: 50 * time.Minute, Calls: 1, Devices: 1}
	w.Span = 20 * 24 * time.Hour
	return w
}

func begun(b *testing.B, w *workload.Workload, s simulation.Strategy) *world.World {
	b.Helper()
	one, err := world.New(w, world.Options{Seed: 1, Lifetime: s.Lifetime, UserScope: s.Scope == simulation.ScopeUser, New: s.New})
	if err != nil {
		b.Fatal(err)
	}
	one.Begin()
	return one
}

// used is the time for which the process has had a core.
func used() time.Duration {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// BenchmarkWorld is an event of a world in steady state with a decision by the
// strategy's own code for each call. cpu-ns/op leaves out what else the machine
// does; run it with -cpu 1.
func BenchmarkWorld(b *testing.B) {
	for _, live := range []int{1_000_000, 10_000_000} {
		for _, name := range []string{"none", "denylist", "client-side", "short-expiry", "server-store", "not-before", "apim-counter"} {
			if live > 1_000_000 && name != "denylist" {
				continue
			}
			b.Run(fmt.Sprintf("%s/%d", name, live), func(b *testing.B) { play(b, name, live) })
		}
	}
}

func play(b *testing.B, name string, live int) {
	w := many(b, live)
	s := strategy(w, workload.Strategy{Name: name})
	if name == "none" {
		s = simulation.Strategy{Lifetime: time.Hour, New: func(world.Site) (world.Decider, error) { return nothing{}, nil }}
	}
	one := begun(b, w, s)
	_ = one.Play(context.Background(), uint64(live)) // memory is as it will be
	b.ReportAllocs()
	b.ResetTimer()
	from := used()
	_ = one.Play(context.Background(), uint64(b.N))
	b.ReportMetric(float64(used()-from)/float64(b.N), "cpu-ns/op")
	b.StopTimer()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	b.ReportMetric(float64(m.HeapAlloc)/1e6, "live-MB")
	b.ReportMetric(float64(m.Sys)/1e6, "sys-MB")
	b.ReportMetric(float64(one.Live())/1e6, "M-tokens")
}

// nothing decides nothing: what is left is the queue, the draws and the sessions.
type nothing struct{}

func (nothing) Issue(int, *world.Token) error         { return nil }
func (nothing) Check(int, *world.Token) (bool, error) { return true, nil }
func (nothing) End(int, *world.Token) error           { return nil }
func (nothing) Entries() int                          { return 0 }
func (nothing) Uses() (reads, writes uint64)          { return 0, 0 }
func (nothing) Break()                                {}
func (nothing) Mend()                                 {}
func (nothing) Forget()                               {}
func (nothing) FailOver(time.Duration)                {}
func (nothing) Restart(int)                           {}
