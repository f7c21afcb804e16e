package loadgen

import (
	"bytes"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"time"
)

// storedResult is a result with something in every part.
func storedResult(extra float64) *Result {
	r := newResult(Plan{Seed: 4}.WithDefaults())
	r.Started = time.Date(2030, 1, 2, 3, 4, 5, 0, time.UTC)
	r.Tool = Tool{Name: "revocheck", Version: "v1", Go: "go1", OS: "linux/amd64", CPUs: 2}
	r.TookMs, r.MeasuredMs = 21_000, 20_000
	r.Setup.Store, r.Setup.Alg, r.Setup.Population = "redis", "HS256", 1000
	r.Pairs = syntheticPairs(rand.New(rand.NewPCG(2, 2)), 24, extra)
	r.Overheads, r.Reliable = analyse(r.Pairs, 4), true
	for i, side := range []*SideRecord{&r.Baseline, &r.Subject, &r.Control} {
		side.Name = []string{"verify", "denylist", "verify (control)"}[i]
		for n := range 1000 {
			side.FromDue.Add(time.Duration(300+n) * time.Microsecond)
			side.FromSend.Add(time.Duration(200+n) * time.Microsecond)
			side.Tally.add(Live, AsExpect, 200, "")
			if n < 50 {
				side.Tally.add(Revoked, AsExpect, 401, "")
			}
		}
		side.Timeline.add(TimePoint{AtMs: 100, P50Ms: 0.8, P99Ms: 1.2, Calls: 500})
		side.Timeline.add(TimePoint{AtMs: 900, P50Ms: 0.9, P99Ms: 1.4, Calls: 500})
	}
	r.Judge(Limits{Overhead: map[string]float64{"p50": 0.2}})
	return r
}

func TestStoredResultComesBack(t *testing.T) {
	r := storedResult(0.1)
	var out bytes.Buffer
	if err := r.WriteJSON(&out); err != nil {
		t.Fatal(err)
	}
	if !IsResult(out.Bytes()) {
		t.Error("the stored result is not known as one")
	}
	back, err := ReadResult(bytes.NewReader(out.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(back.Pairs, r.Pairs) || !reflect.DeepEqual(back.Thresholds, r.Thresholds) ||
		!reflect.DeepEqual(back.Overheads, r.Overheads) || !reflect.DeepEqual(back.Subject.Tally.Counts, r.Subject.Tally.Counts) {
		t.Error("the result changed on its way")
	}
	if got, want := back.Subject.FromDue.At(0.99), r.Subject.FromDue.At(0.99); got != want {
		t.Errorf("p99 comes back as %s, was %s", got, want)
	}
}

func TestReadResultRefuses(t *testing.T) {
	var good bytes.Buffer
	if err := storedResult(0).WriteJSON(&good); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"nothing":           "",
		"a conformance run": `{"schema":1,"records":[]}`,
		"a later schema":    strings.Replace(good.String(), `"schema":1`, `"schema":2`, 1),
		"half a file":       good.String()[:good.Len()/2],
		"two results":       good.String() + good.String(),
		"a hostile bucket":  strings.Replace(good.String(), `"buckets_ns":[[`, `"buckets_ns":[[-5,1],[`, 1),
	} {
		if _, err := ReadResult(strings.NewReader(text)); err == nil {
			t.Errorf("%s is read as a result", name)
		}
	}
}

func FuzzReadResult(f *testing.F) {
	var good bytes.Buffer
	if err := storedResult(0).WriteJSON(&good); err != nil {
		f.Fatal(err)
	}
	f.Add(good.Bytes())
	f.Add([]byte(`{"schema":1,"kind":"revocheck-bench","overheads":null}`))
	f.Fuzz(func(t *testing.T, stored []byte) {
		r, err := ReadResult(bytes.NewReader(stored))
		if err != nil {
			return
		}
		var out bytes.Buffer
		for _, write := range []func() error{func() error { return r.WriteText(&out) }, func() error { return r.PlotOverhead(&out) },
			func() error { return r.PlotTimeline(&out) }, func() error { return r.PlotPercentiles(&out) }} {
			if err := write(); err != nil {
				t.Error(err)
			}
		}
		_, _ = Diff(r, r)
	})
}

func TestDiffTellsAChange(t *testing.T) {
	same, err := Diff(storedResult(0.1), storedResult(0.1))
	if err != nil || same.Worse() || same.Changes[0].Significant {
		t.Errorf("two equal runs differ: %+v, %v", same, err)
	}
	worse, err := Diff(storedResult(0.1), storedResult(0.4))
	if err != nil || !worse.Worse() || !worse.Changes[0].Move.Covers(0.3) {
		t.Errorf("an overhead grown by 0.3 ms: %+v, %v", worse, err)
	}
	if better, err := Diff(storedResult(0.4), storedResult(0.1)); err != nil || better.Worse() {
		t.Errorf("a smaller overhead is called worse: %v", err)
	}
	if _, err := Diff(&Result{}, storedResult(0)); err == nil {
		t.Error("a run without pairs is compared")
	}
}

func TestDiffWarnsOfOtherSettings(t *testing.T) {
	other := storedResult(0.1)
	other.Setup.Rate, other.Reliable = "50", false
	d, err := Diff(storedResult(0.1), other)
	if err != nil || len(d.Warnings) != 2 {
		t.Errorf("another rate and an unreliable run give %d warnings: %v %v", len(d.Warnings), d.Warnings, err)
	}
	var out strings.Builder
	if err := d.WriteText(&out); err != nil || !strings.Contains(out.String(), "the rate differs: 1000 and 50") {
		t.Errorf("%v:\n%s", err, out.String())
	}
}

func TestHistogramKeepsItsPrecision(t *testing.T) {
	var h Histogram
	for n := 1; n <= 10_000; n++ {
		h.Add(time.Duration(n) * time.Microsecond)
	}
	for q, want := range map[float64]time.Duration{0.5: 5 * ms, 0.9: 9 * ms, 0.99: 9900 * time.Microsecond} {
		if got := h.At(q); (got - want).Abs() > want/500 {
			t.Errorf("quantile %g is %s, want %s within 0.2 %%", q, got, want)
		}
	}
	var counted int64
	for _, b := range h.Bars(12) {
		counted += b.Count
	}
	if counted != 10_000 {
		t.Errorf("the bars hold %d of 10,000 latencies", counted)
	}
}

func TestTimelineStaysSmall(t *testing.T) {
	var line Timeline
	calls := 0
	for i := range 100_000 {
		line.add(TimePoint{AtMs: float64(i) * 300, P50Ms: 1, P99Ms: 2, Calls: 3, Faults: 1})
		calls += 3
	}
	got, faults := 0, 0
	for _, p := range line.Points {
		got, faults = got+p.Calls, faults+p.Faults
	}
	if len(line.Points) > maxPoints || got != calls || faults != 100_000 {
		t.Errorf("%d points with %d calls and %d faults, of %d calls", len(line.Points), got, faults, calls)
	}
}
