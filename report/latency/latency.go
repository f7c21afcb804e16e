// Package latency is how long tokens were accepted after what ended them: how a
// scenario's numbers name it, and what a run's numbers say of it.
package latency

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/revocheck/revocheck/report"
)

// Trigger is what ended a token.
type Trigger string

// The triggers.
const (
	Logout       Trigger = "logout"
	LogoutAll    Trigger = "logout-all"
	RefreshReuse Trigger = "refresh reuse"
)

// Place is where the end of a token was looked for.
type Place string

// The places.
const (
	SameReplica   Place = "same replica"
	OtherReplica  Place = "other replica"
	Stream        Place = "stream"
	Introspection Place = "introspection"
)

var (
	triggers = []Trigger{Logout, LogoutAll, RefreshReuse}
	places   = []Place{SameReplica, OtherReplica, Stream, Introspection}
)

// The ends of the names of the numbers that are no quantile.
const (
	Samples  = "samples"
	NotEnded = "not ended"
)

// ForP99 is how many samples a 99th percentile takes: fewer hold hardly any above it.
const ForP99 = 300

// Name begins the names of the numbers of one distribution.
func Name(t Trigger, at Place) string { return fmt.Sprintf("revocation latency, %s, %s", t, at) }

// Distribution is the latency of one trigger at one place.
type Distribution struct {
	Trigger Trigger
	Place   Place
	Samples int
	// NotEnded are those of the samples that were still accepted when the watch
	// ended: they count for as long as they were watched, and took longer.
	NotEnded int
	// No more than Max was seen. P99 is 0 of fewer than ForP99 samples.
	P50, P95, P99, Max time.Duration
}

// Of is what a run has measured, the longest first. Where several scenarios have
// measured the same, each quantile is the largest of theirs, which the quantile of
// them all does not exceed.
func Of(r report.Run) (all []Distribution) {
	for _, t := range triggers {
		for _, at := range places {
			d := Distribution{Trigger: t, Place: at}
			for _, rec := range r.Records {
				if rec.Verdict == report.Pass || rec.Verdict == report.Fail {
					d.add(rec.Numbers)
				}
			}
			if d.Samples > 0 {
				all = append(all, d)
			}
		}
	}
	slices.SortStableFunc(all, func(a, b Distribution) int {
		return cmp.Or(-cmp.Compare(a.NotEnded, b.NotEnded), -cmp.Compare(a.Max, b.Max))
	})
	return all
}

// add takes in what one scenario measured.
func (d *Distribution) add(numbers []report.Number) {
	got := map[string]float64{}
	for _, n := range numbers {
		if what, ok := strings.CutPrefix(n.Name, Name(d.Trigger, d.Place)+" "); ok && n.Value >= 0 && n.Value < math.MaxInt32 {
			got[what] = n.Value
		}
	}
	took := func(name string) time.Duration { return time.Duration(got[name] * float64(time.Millisecond)) }
	d.Samples += int(got[Samples])
	d.NotEnded += int(got[NotEnded])
	p99, most := took("p99"), took("max")
	if _, ok := got["p99"]; !ok {
		p99 = most
	}
	d.P50, d.P95, d.P99, d.Max = max(d.P50, took("p50")), max(d.P95, took("p95")), max(d.P99, p99), max(d.Max, most)
}

// Bound is the largest share of revocations, in percent, that could take longer than
// Max without any of the samples having shown it, with 95 % confidence.
func (d Distribution) Bound() float64 {
	return 100 * (1 - math.Pow(0.05, 1/float64(max(d.Samples, 1))))
}

// String names trigger and place, and gives the quantiles that the samples bear out.
func (d Distribution) String() string {
	text := fmt.Sprintf("%s, %s: p50 %s, p95 %s", d.Trigger, d.Place, report.Duration(d.P50), report.Duration(d.P95))
	if d.Samples >= ForP99 {
		text += fmt.Sprintf(", p99 %s", report.Duration(d.P99))
	}
	return text + ", " + d.longest()
}

// longest is the maximum with its bound, or that it is none.
func (d Distribution) longest() string {
	if d.NotEnded > 0 {
		return fmt.Sprintf("max longer than %s: %d of %d had not ended when the watch did", report.Duration(d.Max), d.NotEnded, d.Samples)
	}
	return fmt.Sprintf("max %s of %d (up to %.2g %% may take longer)", report.Duration(d.Max), d.Samples, d.Bound())
}

// Line is all that a run has measured on one line, the longest in full and first;
// empty if it has measured nothing.
func Line(r report.Run) string {
	var parts []string
	for i, d := range Of(r) {
		switch {
		case i == 0:
			parts = append(parts, d.String())
		case d.NotEnded > 0:
			parts = append(parts, fmt.Sprintf("%s, %s: longer than %s", d.Trigger, d.Place, rough(d.Max)))
		default:
			parts = append(parts, fmt.Sprintf("%s, %s: max %s", d.Trigger, d.Place, rough(d.Max)))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return "Revocation latency: " + strings.Join(parts, "; ")
}

// rough is a time to the millisecond or, below one, to two digits.
func rough(d time.Duration) report.Duration {
	if d < time.Millisecond {
		return report.Duration(d.Round(10 * time.Microsecond))
	}
	return report.Duration(d.Round(time.Millisecond))
}
