//go:build selftest

package sides

import (
	"os"
	"strconv"
	"testing"
	"time"

	"github.com/revocheck/revocheck/loadgen"
	"github.com/revocheck/revocheck/loadgen/stats"
)

// The self-test holds the bench to its promise on real gateways: an interval
// of 95 % excludes zero between two equal gateways in at most five of forty
// runs, and covers a planted delay in at least thirty-five. It takes about
// half an hour on a quiet machine. REVOCHECK_SELFTEST_RUNS and
// REVOCHECK_SELFTEST_DURATION make it shorter. With
// REVOCHECK_SELFTEST_SERIES=planted only the runs with a delay are made, whose
// A/A controls are runs of equal gateways as well.

func setting[T any](t *testing.T, name string, otherwise T, parse func(string) (T, error)) T {
	t.Helper()
	text := os.Getenv(name)
	if text == "" {
		return otherwise
	}
	v, err := parse(text)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return v
}

func runs40(t *testing.T) (runs int, each time.Duration) {
	t.Helper()
	return setting(t, "REVOCHECK_SELFTEST_RUNS", 40, strconv.Atoi),
		setting(t, "REVOCHECK_SELFTEST_DURATION", 20*time.Second, time.ParseDuration)
}

// between benches a subject against verification only, on gateways of its own.
func between(t *testing.T, c Config, p loadgen.Plan, sequentially bool) *loadgen.Result {
	t.Helper()
	sides, err := References(t.Context(), ChildCommand(gatewayArg), c.Strategy, Verify, c, Options{Tokens: 2000, Users: 500})
	if err != nil {
		t.Fatal(err)
	}
	r, err := loadgen.Bench(t.Context(), p, sides.Sides)
	if err == nil && sequentially {
		r.Sequential, err = loadgen.MeasureSequentially(t.Context(), p, sides.Sides)
	}
	if closing := sides.Close(); err != nil || closing != nil {
		t.Fatal(err, closing)
	}
	return r
}

// planted is the delay that is to be found, on gateways that have work to do:
// where a call takes next to nothing, a delay also lets processors fall asleep
// that would have been awake, and costs more than its length.
const (
	plantedWork  = 200 * time.Microsecond
	plantedDelay = 100 * time.Microsecond
)

// count is how a series stands.
type count struct {
	work                            time.Duration
	planted                         float64 // ms
	runs, covered, distinct, equals int
}

func (c *count) run(t *testing.T, what string, seed int, each time.Duration) {
	t.Helper()
	r := between(t, Config{Strategy: Verify, Store: "memory", Alg: "HS256", Work: c.work, Delay: time.Duration(c.planted * float64(time.Millisecond))},
		loadgen.Plan{Duration: each, Seed: uint64(seed), WarmUp: 500 * time.Millisecond}, false)
	o := r.Overheads[0]
	if !o.Diff.Valid() {
		t.Fatalf("%s run %d: %s: the machine is too busy or the runs are too short", what, seed, r.Partial())
	}
	c.runs++
	if o.Diff.Covers(c.planted) {
		c.covered++
	}
	if o.Distinct {
		c.distinct++
	}
	if !o.Control.Covers(0) {
		c.equals++
	}
	t.Logf("%s run %2d: p50 %s over %.3f ms, control %s, %d pairs, %d dropped, %s | covered %d, told from zero %d, controls that exclude zero %d, of %d",
		what, seed, stats.Milliseconds(o.Diff), o.BaselineMs, stats.Milliseconds(o.Control), len(r.Pairs), r.Dropped, o.Verdict(),
		c.covered, c.distinct, c.equals, c.runs)
}

// TestSelfSeries alternates runs of equal gateways and runs with a planted
// delay, so that one that is cut off leaves figures of both.
func TestSelfSeries(t *testing.T) {
	runs, each := runs40(t)
	equal, planted := &count{}, &count{work: plantedWork, planted: plantedDelay.Seconds() * 1000}
	onlyPlanted := os.Getenv("REVOCHECK_SELFTEST_SERIES") == "planted"
	for seed := 1; seed <= runs; seed++ {
		if !onlyPlanted {
			equal.run(t, "equal  ", seed, each)
		}
		planted.run(t, "planted", seed, each)
	}
	if equal.runs > 0 {
		t.Logf("SUMMARY equal gateways: the interval excludes zero in %d of %d runs; reported as distinct in %d", equal.runs-equal.covered, equal.runs, equal.distinct)
	}
	t.Logf("SUMMARY A/A controls: the interval excludes zero in %d of %d", equal.equals+planted.equals, equal.runs+planted.runs)
	t.Logf("SUMMARY planted 100 µs: the interval covers it in %d of %d runs; told from zero in %d", planted.covered, planted.runs, planted.distinct)
	if (equal.runs-equal.covered)*40 > 5*equal.runs {
		t.Errorf("equal gateways: more than 5 of 40")
	}
	if planted.equals*40 > 5*planted.runs {
		t.Errorf("A/A controls: more than 5 of 40")
	}
	if planted.covered*40 < 35*planted.runs {
		t.Errorf("planted delay: fewer than 35 of 40")
	}
}

// TestSelfPrecision says how sure a minute makes, and what sequential
// measuring says in the same time.
func TestSelfPrecision(t *testing.T) {
	const promised = 0.05
	_, each := runs40(t)
	p := loadgen.Plan{Duration: 3 * each, Seed: 1, Precision: 1e-6} // never reached: the whole time is used
	r := between(t, Config{Strategy: "denylist", Store: "memory", Alg: "HS256"}, p, true)
	o := r.Overheads[0]
	t.Logf("SUMMARY precision: p50 %s (%s), half-width %.1f%% of the baseline's %.3f ms, %d pairs, %d dropped, in %.0f s at 1,000 calls a second",
		stats.Milliseconds(o.Diff), stats.Percentages(o.Relative), 100*o.Relative.HalfWidth(), o.BaselineMs, len(r.Pairs), r.Dropped, r.MeasuredMs/1000)
	t.Logf("SUMMARY sequential, same time for each side: p50 %s, half-width %.1f%% (naive)",
		stats.Milliseconds(r.Sequential.DiffMs[0]), 100*r.Sequential.DiffMs[0].HalfWidth()/o.BaselineMs)
	if o.Relative.HalfWidth() > promised && r.Precision.Reached {
		t.Error("the bench says that a precision was reached that was not")
	}
	if o.Relative.HalfWidth() > promised {
		t.Logf("SUMMARY the promised half-width of %.0f%% was NOT REACHED", 100*promised)
	}
}
