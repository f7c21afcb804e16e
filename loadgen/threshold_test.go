package loadgen

import (
	"strings"
	"testing"
	"time"
)

func resultWith(rel, level Interval) *Result {
	r := &Result{Reliable: true}
	for _, name := range QuantileNames {
		r.Overheads = append(r.Overheads, Overhead{Quantile: name, Relative: rel, Level: level})
	}
	return r
}

func TestLimitsAreJudgedOnTheInterval(t *testing.T) {
	for _, c := range []struct {
		name string
		rel  Interval
		want State
	}{
		{"all below", Interval{0.03, 0.02, 0.04, 20}, Proven},
		{"point below, interval across", Interval{0.04, 0.02, 0.06, 20}, Held},
		{"point above, interval across", Interval{0.06, 0.04, 0.08, 20}, Held},
		{"all above", Interval{0.07, 0.06, 0.08, 20}, BrokenLimit},
		{"too few pairs", Interval{0.5, 0.5, 0.5, 3}, Unmeasured},
	} {
		r := resultWith(c.rel, Interval{})
		r.Judge(Limits{Overhead: map[string]float64{"p50": 0.05}})
		if got := r.Thresholds[0].State; got != c.want || r.Broken() != (c.want == BrokenLimit) || r.Unmeasured() != (c.want == Unmeasured) {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func TestAnUnreliableRunProvesNothing(t *testing.T) {
	r := resultWith(Interval{0.01, 0, 0.02, 20}, Interval{})
	r.Reliable = false
	r.Judge(Limits{Overhead: map[string]float64{"p50": 0.05}})
	if r.Thresholds[0].State != Unmeasured {
		t.Errorf("state %s", r.Thresholds[0].State)
	}
}

func TestLatencyLimit(t *testing.T) {
	r := resultWith(Interval{}, Interval{25, 21, 29, 20})
	r.Judge(Limits{Latency: map[string]time.Duration{"p99": 20 * time.Millisecond}})
	if l := r.Thresholds[0]; l.Name != "p99" || l.State != BrokenLimit {
		t.Errorf("p99 of [21, 29] ms against 20 ms: %+v", l)
	}
}

func TestCountsAreLimits(t *testing.T) {
	for outcome, name := range map[Outcome]string{Leak: "leaks", Lapse: "leaks", OverBlock: "over-blocks", Fault: "faults"} {
		r := &Result{}
		r.Subject.Tally.add(Live, outcome, 200, "")
		r.Judge(Limits{})
		if !r.Broken() {
			t.Errorf("one %s breaks no limit", outcome)
		}
		for _, l := range r.Thresholds {
			if (l.State == BrokenLimit) != (l.Name == name) {
				t.Errorf("%s: limit %s is %s", outcome, l.Name, l.State)
			}
		}
		r = &Result{}
		r.Subject.Tally.add(Live, outcome, 200, "")
		r.Judge(Limits{Leaks: 1, OverBlocks: 1, Faults: 1})
		if r.Broken() {
			t.Errorf("one %s breaks a limit of one", outcome)
		}
	}
}

func TestAFailingBaselineFailsTheBench(t *testing.T) {
	r := &Result{}
	r.Baseline.Tally.add(Live, Fault, 500, "unexpected status 500")
	r.Judge(Limits{})
	if !r.Broken() {
		t.Error("an overhead over a broken baseline passes")
	}
}

func TestAFailedLogoutOfTheStormIsAFault(t *testing.T) {
	r := &Result{}
	r.Subject.Tally.merge(Tally{Faults: map[string]uint64{logoutPrefix + "status 500": 2}})
	r.Judge(Limits{Faults: 1})
	if !r.Broken() {
		t.Error("two failed logouts pass a limit of one fault")
	}
}

func TestParseOverhead(t *testing.T) {
	name, limit, err := ParseOverhead("p90=2.5%")
	if name != "p90" || limit != 0.025 || err != nil {
		t.Errorf("p90=2.5%%: %s %g %v", name, limit, err)
	}
	for _, text := range []string{"", "p50", "p50=5", "p95=5%", "p50=-1%", "p50=NaN%", "=5%"} {
		if _, _, err := ParseOverhead(text); err == nil || !strings.Contains(err.Error(), "p50=5%") {
			t.Errorf("ParseOverhead(%q): %v; want an error that shows how", text, err)
		}
	}
}

// A run that sent no dead token must not say that it found no leak.
func TestLeaksAreNotLookedForWithoutDeadTokens(t *testing.T) {
	r := &Result{}
	r.Subject.Tally.add(Live, AsExpect, 200, "")
	r.Subject.Tally.add(Revoked, Fault, 500, "unexpected status 500")
	if r.Judge(Limits{Faults: 1}); r.Thresholds[0].State != NotLookedFor {
		t.Errorf("leaks without a dead token that was answered: %+v", r.Thresholds[0])
	}
	r = &Result{}
	r.Subject.Tally.add(Revoked, AsExpect, 401, "")
	if r.Judge(Limits{}); r.Thresholds[0].State != Kept {
		t.Errorf("leaks with one: %+v", r.Thresholds[0])
	}
}

func TestPartial(t *testing.T) {
	whole := func() *Result { return &Result{Pairs: make([]Pair, minPairs), Reliable: true} }
	if why := whole().Partial(); why != "" {
		t.Errorf("a whole run is partial: %s", why)
	}
	for name, lacks := range map[string]func(*Result){
		"interrupted": func(r *Result) { r.Stopped = "interrupted" },
		"too few":     func(r *Result) { r.Pairs = r.Pairs[1:] },
		"unreliable":  func(r *Result) { r.Reliable = false },
		"unmeasured":  func(r *Result) { r.Thresholds = []Threshold{{}} },
		"precision":   func(r *Result) { r.Precision, r.Overheads = &Precision{Asked: 0.01, Got: 0.1}, make([]Overhead, 3) },
	} {
		r := whole()
		if lacks(r); r.Partial() == "" {
			t.Errorf("%s: not partial", name)
		}
	}
}
