//go:build selftest && linux

package sides

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/revocheck/revocheck/loadgen"
	"github.com/revocheck/revocheck/loadgen/pace"
)

// trivial starts a server in another process and returns its URL.
func trivial(t *testing.T) (url string) {
	t.Helper()
	cmd := exec.Command(os.Args[0], trivialArg)
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = in.Close(); _ = cmd.Wait() })
	if _, err := fmt.Fscanln(out, &url); err != nil {
		t.Fatal(err)
	}
	return url
}

// TestSelfRateAndMemory holds the generator to 5,000 calls a second on one
// core with less than 50 MiB resident.
func TestSelfRateAndMemory(t *testing.T) {
	_, each := runs40(t)
	url := trivial(t)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	defer LimitMemory()()
	side := &loadgen.Side{Name: "trivial", NewRequest: func(ctx context.Context, _ loadgen.Call) (*http.Request, error) {
		return http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	}}
	before := processorTime(t)
	r, err := loadgen.Bench(t.Context(), loadgen.Plan{Schedule: pace.Constant(5000), Duration: 3 * each, Slice: 2 * time.Second,
		Mix: loadgen.Mix{loadgen.Live: 1}, Seed: 1}, loadgen.Sides{Baseline: side, Subject: side})
	if err != nil {
		t.Fatal(err)
	}
	calls := r.Baseline.Tally.Calls() + r.Subject.Tally.Calls() + r.Control.Tally.Calls()
	late := r.Baseline.LateCalls + r.Subject.LateCalls + r.Control.LateCalls
	rate := float64(calls) / float64(3*len(r.Pairs)) / 2
	peak, spent := peakMemory(t), processorTime(t)-before
	t.Logf("SUMMARY generator: %.0f calls a second over %.0f s, %.2f %% of them over %.0f ms late, p50 %s from due, %s of processor time a call, peak memory %.1f MiB",
		rate, r.MeasuredMs/1000, 100*float64(late)/float64(calls), r.Setup.LateMs, r.Subject.FromDue.At(0.5), (spent / time.Duration(calls)).Round(time.Microsecond), peak)
	if rate < 4950 || late*20 > calls || r.Subject.Tally.Of(loadgen.Fault) > 0 {
		t.Errorf("the generator does not hold 5,000 calls a second: %s", r.Subject.Tally.FaultSummary())
	}
	if peak >= 50 {
		t.Errorf("it takes %.1f MiB", peak)
	}
}

// peakMemory is the most that was resident so far, in MiB.
func peakMemory(t *testing.T) float64 {
	t.Helper()
	b, err := os.ReadFile("/proc/self/status")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(b)) {
		var kib float64
		if _, err := fmt.Sscanf(line, "VmHWM: %f kB", &kib); err == nil {
			return kib / 1024
		}
	}
	t.Fatal("no VmHWM")
	return 0
}

// processorTime is what this process has used so far.
func processorTime(t *testing.T) time.Duration {
	t.Helper()
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		t.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
