package writer

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/revocheck/revocheck/loadgen"
	"github.com/revocheck/revocheck/loadgen/limit"
	"github.com/revocheck/revocheck/loadgen/stats"
)

// Text writes the result for a terminal: overheads, answers, limits, the
// subject's latency histogram, and what a reader has to know.
func Text(w io.Writer, r *loadgen.Result) error {
	p := bufio.NewWriter(w) // keeps the first error until Flush
	writeHeading(p, r)
	table(p, func(t io.Writer) { writeOverheads(t, r) })
	table(p, func(t io.Writer) { writeAnswers(t, r) })
	if len(r.Thresholds) > 0 {
		table(p, func(t io.Writer) { writeThresholds(t, r.Thresholds) })
	}
	fmt.Fprintf(p, "latency of %s, from the due time\n", r.Subject.Name)
	writeBars(p, r.Subject.FromDue.Bars(12))
	for _, line := range remarks(r) {
		fmt.Fprintln(p, line)
	}
	return p.Flush()
}

// table writes a table and an empty line.
func table(w io.Writer, fill func(io.Writer)) {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fill(t)
	_ = t.Flush() // w keeps the error
	fmt.Fprintln(w)
}

func writeHeading(w io.Writer, r *loadgen.Result) {
	measured := time.Duration(r.MeasuredMs * float64(time.Millisecond)).Round(100 * time.Millisecond)
	fmt.Fprintf(w, "%s against %s: %s calls a second, measured for %s in slices of %.0f ms, seed %d\n",
		r.Subject.Name, r.Baseline.Name, r.Setup.Rate, measured, r.Setup.SliceMs, r.Setup.Seed)
	fmt.Fprintf(w, "tokens %s%s\n\n", r.Setup.Mix, setupText(r.Setup))
}

// setupText is what a reader wants to know besides rate and time.
func setupText(s loadgen.Setup) (out string) {
	if s.Alg != "" {
		out += "; signed with " + s.Alg
	}
	if s.Store != "" {
		out += fmt.Sprintf("; store %s with %d revoked", s.Store, s.Population)
	}
	if s.Replicas > 1 {
		out += fmt.Sprintf("; %d replicas", s.Replicas)
	}
	if s.Storm > 0 {
		out += fmt.Sprintf("; %g logouts a second", s.Storm)
	}
	return out
}

func writeOverheads(t io.Writer, r *loadgen.Result) {
	fmt.Fprintf(t, "\t%s\toverhead (95 %% interval)\trelative\tA/A control\tverdict\n", r.Baseline.Name)
	for _, o := range r.Overheads {
		if !o.Diff.Valid() {
			fmt.Fprintf(t, "%s\t%s\t-\t-\t-\t%s\n", o.Quantile, stats.MsText(o.BaselineMs), o.Verdict())
			continue
		}
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\t%s\n", o.Quantile, stats.MsText(o.BaselineMs), stats.Milliseconds(o.Diff),
			stats.Percentages(o.Relative), stats.Milliseconds(o.Control), o.Verdict())
	}
}

func writeAnswers(t io.Writer, r *loadgen.Result) {
	fmt.Fprintln(t, "side\tcalls\tas expected\tleaks\texpired accepted\tover-blocks\tfaults\tlogouts\tp50 due/sent")
	for _, s := range []loadgen.SideRecord{r.Baseline, r.Subject, r.Control} {
		fmt.Fprintf(t, "%s\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%s/%s\n", s.Name, s.Tally.Calls(), s.Tally.Of(loadgen.AsExpect),
			s.Tally.Of(loadgen.Leak), s.Tally.Of(loadgen.Lapse), s.Tally.Of(loadgen.OverBlock), s.Tally.Of(loadgen.Fault), s.Tally.Logouts,
			stats.MsText(stats.Millis(s.FromDue.At(0.5))), stats.MsText(stats.Millis(s.FromSend.At(0.5))))
	}
}

func writeThresholds(t io.Writer, list []limit.Threshold) {
	fmt.Fprintln(t, "limit\tallowed\tfound\t")
	for _, l := range list {
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\n", l.Name, l.Limit, l.Found, l.State)
	}
}

// barWidth is the length of the longest bar in characters.
const barWidth = 40

func writeBars(w io.Writer, bars []stats.Bar) {
	var most int64
	for _, b := range bars {
		most = max(most, b.Count)
	}
	for _, b := range bars {
		width := int(b.Count * barWidth / max(most, 1))
		fmt.Fprintf(w, "%9s  %-*s %d\n", stats.MsText(stats.Millis(b.From)), barWidth, strings.Repeat("#", width), b.Count)
	}
	fmt.Fprintf(w, "\n")
}
