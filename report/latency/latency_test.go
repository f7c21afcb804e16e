package latency_test

import (
	"strings"
	"testing"
	"time"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/report/latency"
)

// measured is a record of one distribution: p50, p95 and max in milliseconds.
func measured(v report.Verdict, at latency.Place, samples, notEnded int, quantiles ...float64) report.Record {
	name := latency.Name(latency.Logout, at)
	rec := report.Record{ID: "a/" + string(at), Verdict: v, Numbers: []report.Number{
		{Name: name + " " + latency.Samples, Value: float64(samples), Unit: "1"}, {Name: name + " " + latency.NotEnded, Value: float64(notEnded), Unit: "1"},
	}}
	for i, q := range []string{"p50", "p95", "max", "p99"} {
		if i < len(quantiles) {
			rec.Numbers = append(rec.Numbers, report.Number{Name: name + " " + q, Value: quantiles[i], Unit: "ms"})
		}
	}
	return rec
}

func TestScenariosThatMeasuredTheSameAreOneDistribution(t *testing.T) {
	run := report.Run{Records: []report.Record{
		measured(report.Pass, latency.OtherReplica, 10, 0, 1, 20, 30),
		measured(report.Fail, latency.OtherReplica, 6, 0, 5, 10, 40),
		measured(report.Inconclusive, latency.OtherReplica, 6, 0, 500, 1000, 4000),
		measured(report.Pass, latency.SameReplica, 3, 0, 0, 0, 0),
	}}
	all := latency.Of(run)
	if len(all) != 2 || all[0].Samples != 16 || all[0].P50 != 5*time.Millisecond || all[0].P95 != 20*time.Millisecond || all[0].Max != 40*time.Millisecond {
		t.Fatalf("got %+v", all)
	}
	want := "Revocation latency: logout, other replica: p50 5 ms, p95 20 ms, max 40 ms of 16 (up to 17 % may take longer); logout, same replica: max 0 ms"
	if got := latency.Line(run); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if got := latency.Line(report.Run{}); got != "" {
		t.Errorf("of nothing: %q", got)
	}
}

func TestAThresholdIsKeptExceededOrNotJudged(t *testing.T) {
	of := func(records ...report.Record) report.Run { return report.Run{Records: records} }
	for name, c := range map[string]struct {
		threshold      string
		run            report.Run
		measured, kept bool
		says           string
	}{
		"nothing measured":          {"p95=1s", of(), false, false, "was not judged"},
		"kept":                      {"p95=20ms", of(measured(report.Pass, latency.Stream, 20, 0, 1, 20, 30)), true, true, "p95 20 ms of 20"},
		"exceeded":                  {"p95=19ms", of(measured(report.Pass, latency.Stream, 20, 0, 1, 20, 30)), true, false, "logout, stream: p95 20 ms of 20"},
		"the median":                {"p50=1ms", of(measured(report.Pass, latency.Stream, 20, 0, 1, 20, 30)), true, true, "p50 1 ms"},
		"the longest":               {"max=29ms", of(measured(report.Pass, latency.Stream, 20, 0, 1, 20, 30)), true, false, "max 30 ms of 20 (up to 14 % may take longer)"},
		"too few for a p99":         {"p99=25ms", of(measured(report.Pass, latency.Stream, 299, 0, 1, 20, 30)), true, false, "max 30 ms of 299 (up to 1 % may take longer), in place of a p99, which takes 300 samples"},
		"enough for a p99":          {"p99=25ms", of(measured(report.Pass, latency.Stream, 300, 0, 1, 20, 30, 25)), true, true, "p99 25 ms of 300"},
		"one of two places":         {"max=10ms", of(measured(report.Pass, latency.SameReplica, 3, 0, 0, 0, 0), measured(report.Pass, latency.Introspection, 1, 0, 11, 11, 11)), true, false, "introspection"},
		"a leak that did not end":   {"p50=1h", of(measured(report.Fail, latency.SameReplica, 3, 1, 0, 150, 150)), true, false, "max longer than 150 ms: 1 of 3 had not ended when the watch did"},
		"only what said nothing of": {"max=1s", of(measured(report.Inconclusive, latency.Stream, 3, 0, 0, 0, 0)), false, false, "was not judged"},
	} {
		t.Run(name, func(t *testing.T) {
			var threshold latency.Threshold
			if err := threshold.Set(c.threshold); err != nil {
				t.Fatal(err)
			}
			got := threshold.Judge(c.run)
			if got.Measured != c.measured || got.Kept != c.kept || !strings.Contains(got.Text, c.says) {
				t.Errorf("got %+v, want %q", got, c.says)
			}
		})
	}
}

func TestATextThatIsNoThresholdIsSaid(t *testing.T) {
	for _, text := range []string{"", "1s", "p95", "p95=", "p95=1", "p95=-1s", "p94=1s", "P95=1s", "p95 = 1s"} {
		var threshold latency.Threshold
		if err := threshold.Set(text); err == nil || !strings.Contains(err.Error(), "p95=1s") || threshold != (latency.Threshold{}) {
			t.Errorf("%q: %v, %+v", text, err, threshold)
		}
	}
}
