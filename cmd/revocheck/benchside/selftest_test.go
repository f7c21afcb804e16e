//go:build selftest

package benchside

import (
	"os"
	"strconv"
	"testing"
	"time"

	"github.com/revocheck/revocheck/loadgen"
)

// The self-test holds the bench to its promise on real gateways: an interval
// of 95 % excludes zero between two equal gateways in at most five of forty
// runs, and covers a planted delay in at least thirty-five. It takes about
// half an hour on a quiet machine; REVOCHECK_SELFTEST_RUNS and
// REVOCHECK_SELFTEST_DURATION make it shorter.

func runs40(t *testing.T) (runs int, each time.Duration) {
	t.Helper()
	runs, each = 40, 20*time.Second
	var err error
	if text := os.Getenv("REVOCHECK_SELFTEST_RUNS"); text != "" {
		if runs, err = strconv.Atoi(text); err != nil {
			t.Fatal(err)
		}
	}
	if text := os.Getenv("REVOCHECK_SELFTEST_DURATION"); text != "" {
		if each, err = time.ParseDuration(text); err != nil {
			t.Fatal(err)
		}
	}
	return runs, each
}

// repeat benches verify against verify, with a planted delay in the subject.
func repeat(t *testing.T, delay time.Duration) (diffs []loadgen.Overhead) {
	t.Helper()
	runs, each := runs40(t)
	for run := range runs {
		p, err := References(t.Context(), ChildCommand(gatewayArg), Verify, Verify,
			Config{Strategy: Verify, Store: "memory", Alg: "HS256", Delay: delay}, Options{Tokens: 2000, Users: 500})
		if err != nil {
			t.Fatal(err)
		}
		r, err := loadgen.Bench(t.Context(), loadgen.Plan{Duration: each, Seed: uint64(run + 1)}, p.Sides)
		if closing := p.Close(); err != nil || closing != nil {
			t.Fatal(err, closing)
		}
		o := r.Overheads[0]
		t.Logf("run %2d: p50 %s of %.3f ms, %d pairs, %d dropped, %s", run+1, loadgen.Milliseconds(o.Diff), o.BaselineMs, len(r.Pairs), r.Dropped, o.Verdict())
		diffs = append(diffs, o)
	}
	return diffs
}

func TestSelfEqualGateways(t *testing.T) {
	diffs := repeat(t, 0)
	excluded, distinct := 0, 0
	for _, o := range diffs {
		if !o.Diff.Covers(0) {
			excluded++
		}
		if o.Distinct {
			distinct++
		}
	}
	t.Logf("the interval excludes zero in %d of %d runs of equal gateways; reported as distinct: %d", excluded, len(diffs), distinct)
	if excluded*40 > 5*len(diffs) {
		t.Errorf("more than 5 of 40")
	}
}

func TestSelfPlantedDelay(t *testing.T) {
	const planted = 0.1 // ms
	diffs := repeat(t, 100*time.Microsecond)
	covered, distinct := 0, 0
	for _, o := range diffs {
		if o.Diff.Covers(planted) {
			covered++
		}
		if o.Distinct {
			distinct++
		}
	}
	t.Logf("the interval covers the planted 100 µs in %d of %d runs; told from zero: %d", covered, len(diffs), distinct)
	if covered*40 < 35*len(diffs) {
		t.Errorf("fewer than 35 of 40")
	}
}
