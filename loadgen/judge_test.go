package loadgen

import (
	"testing"
	"time"

	"github.com/revocheck/revocheck/loadgen/limit"
	"github.com/revocheck/revocheck/loadgen/stats"
)

func resultWith(rel, level stats.Interval) *Result {
	r := &Result{Reliable: true}
	for _, name := range stats.QuantileNames {
		r.Overheads = append(r.Overheads, stats.Overhead{Quantile: name, Relative: rel, Level: level})
	}
	return r
}

func TestLimitsAreJudgedOnTheInterval(t *testing.T) {
	for _, c := range []struct {
		name string
		rel  stats.Interval
		want limit.State
	}{
		{"all below", stats.Interval{Point: 0.03, Lo: 0.02, Hi: 0.04, N: 20}, limit.Proven},
		{"point below, interval across", stats.Interval{Point: 0.04, Lo: 0.02, Hi: 0.06, N: 20}, limit.Held},
		{"point above, interval across", stats.Interval{Point: 0.06, Lo: 0.04, Hi: 0.08, N: 20}, limit.Held},
		{"all above", stats.Interval{Point: 0.07, Lo: 0.06, Hi: 0.08, N: 20}, limit.Broken},
		{"too few pairs", stats.Interval{Point: 0.5, Lo: 0.5, Hi: 0.5, N: 3}, limit.Unmeasured},
	} {
		r := resultWith(c.rel, stats.Interval{})
		r.Judge(limit.Limits{Overhead: map[string]float64{"p50": 0.05}})
		if got := r.Thresholds[0].State; got != c.want || r.Broken() != (c.want == limit.Broken) || r.Unmeasured() != (c.want == limit.Unmeasured) {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func TestAnUnreliableRunProvesNothing(t *testing.T) {
	r := resultWith(stats.Interval{Point: 0.01, Lo: 0, Hi: 0.02, N: 20}, stats.Interval{})
	r.Reliable = false
	r.Judge(limit.Limits{Overhead: map[string]float64{"p50": 0.05}})
	if r.Thresholds[0].State != limit.Unmeasured {
		t.Errorf("state %s", r.Thresholds[0].State)
	}
}

func TestLatencyLimit(t *testing.T) {
	r := resultWith(stats.Interval{}, stats.Interval{Point: 25, Lo: 21, Hi: 29, N: 20})
	r.Judge(limit.Limits{Latency: map[string]time.Duration{"p99": 20 * time.Millisecond}})
	if l := r.Thresholds[0]; l.Name != "p99" || l.State != limit.Broken {
		t.Errorf("p99 of [21, 29] ms against 20 ms: %+v", l)
	}
}

func TestCountsAreLimits(t *testing.T) {
	for outcome, name := range map[Outcome]string{Leak: "leaks", Lapse: "leaks", OverBlock: "over-blocks", Fault: "faults"} {
		r := &Result{}
		r.Subject.Tally.Add(Live, outcome, 200, "")
		r.Judge(limit.Limits{})
		if !r.Broken() {
			t.Errorf("one %s breaks no limit", outcome)
		}
		for _, l := range r.Thresholds {
			if (l.State == limit.Broken) != (l.Name == name) {
				t.Errorf("%s: limit %s is %s", outcome, l.Name, l.State)
			}
		}
		r = &Result{}
		r.Subject.Tally.Add(Live, outcome, 200, "")
		r.Judge(limit.Limits{Leaks: 1, OverBlocks: 1, Faults: 1})
		if r.Broken() {
			t.Errorf("one %s breaks a limit of one", outcome)
		}
	}
}

func TestAFailingBaselineFailsTheBench(t *testing.T) {
	r := &Result{}
	r.Baseline.Tally.Add(Live, Fault, 500, "unexpected status 500")
	r.Judge(limit.Limits{})
	if !r.Broken() {
		t.Error("an overhead over a broken baseline passes")
	}
}

func TestAFailedLogoutOfTheStormIsAFault(t *testing.T) {
	r := &Result{}
	r.Subject.Tally.merge(Tally{Faults: map[string]uint64{logoutPrefix + "status 500": 2}})
	r.Judge(limit.Limits{Faults: 1})
	if !r.Broken() {
		t.Error("two failed logouts pass a limit of one fault")
	}
}

// A run that sent no dead token must not say that it found no leak.
func TestLeaksAreNotLookedForWithoutDeadTokens(t *testing.T) {
	r := &Result{}
	r.Subject.Tally.Add(Live, AsExpect, 200, "")
	r.Subject.Tally.Add(Revoked, Fault, 500, "unexpected status 500")
	if r.Judge(limit.Limits{Faults: 1}); r.Thresholds[0].State != limit.NotLookedFor {
		t.Errorf("leaks without a dead token that was answered: %+v", r.Thresholds[0])
	}
	r = &Result{}
	r.Subject.Tally.Add(Revoked, AsExpect, 401, "")
	if r.Judge(limit.Limits{}); r.Thresholds[0].State != limit.Kept {
		t.Errorf("leaks with one: %+v", r.Thresholds[0])
	}
}

func TestPartial(t *testing.T) {
	whole := func() *Result { return &Result{Pairs: make([]stats.Pair, stats.MinPairs), Reliable: true} }
	if why := whole().Partial(); why != "" {
		t.Errorf("a whole run is partial: %s", why)
	}
	for name, lacks := range map[string]func(*Result){
		"interrupted": func(r *Result) { r.Stopped = "interrupted" },
		"too few":     func(r *Result) { r.Pairs = r.Pairs[1:] },
		"unreliable":  func(r *Result) { r.Reliable = false },
		"unmeasured":  func(r *Result) { r.Thresholds = []limit.Threshold{{}} },
		"precision": func(r *Result) {
			r.Precision, r.Overheads = &Precision{Asked: 0.01, Got: 0.1}, make([]stats.Overhead, 3)
		},
	} {
		r := whole()
		if lacks(r); r.Partial() == "" {
			t.Errorf("%s: not partial", name)
		}
	}
}
