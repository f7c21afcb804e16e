package loadgen

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"
)

// WriteText writes the result for a terminal: overheads, answers, limits, the
// subject's latency histogram, and what a reader has to know.
func (r *Result) WriteText(w io.Writer) error {
	p := &printer{w: w}
	p.heading(r)
	p.table(func(t io.Writer) { writeOverheads(t, r) })
	p.table(func(t io.Writer) { writeAnswers(t, r) })
	if len(r.Thresholds) > 0 {
		p.table(func(t io.Writer) { writeThresholds(t, r.Thresholds) })
	}
	p.printf("latency of %s, from the due time\n", r.Subject.Name)
	writeBars(p, r.Subject.FromDue.Bars(12))
	for _, line := range r.remarks() {
		p.printf("%s\n", line)
	}
	return p.err
}

// printer keeps the first error, so that the writers read straight.
type printer struct {
	w   io.Writer
	err error
}

func (p *printer) printf(format string, args ...any) {
	if p.err == nil {
		_, p.err = fmt.Fprintf(p.w, format, args...)
	}
}

func (p *printer) table(fill func(io.Writer)) {
	t := tabwriter.NewWriter(p.w, 0, 0, 2, ' ', 0)
	fill(t)
	if err := t.Flush(); p.err == nil {
		p.err = err
	}
	p.printf("\n")
}

func (p *printer) heading(r *Result) {
	measured := time.Duration(r.MeasuredMs * float64(time.Millisecond)).Round(100 * time.Millisecond)
	p.printf("%s against %s: %s calls a second, measured for %s in slices of %.0f ms, seed %d\n",
		r.Subject.Name, r.Baseline.Name, r.Setup.Rate, measured, r.Setup.SliceMs, r.Setup.Seed)
	p.printf("tokens %s%s\n\n", r.Setup.Mix, r.Setup.text())
}

// text is what a reader wants to know besides rate and time.
func (s Setup) text() (out string) {
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

func writeOverheads(t io.Writer, r *Result) {
	fmt.Fprintf(t, "\t%s\toverhead (95 %% interval)\trelative\tA/A control\tverdict\n", r.Baseline.Name)
	for _, o := range r.Overheads {
		if !o.Diff.Valid() {
			fmt.Fprintf(t, "%s\t%s\t-\t-\t-\t%s\n", o.Quantile, msText(o.BaselineMs), o.Verdict())
			continue
		}
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\t%s\n", o.Quantile, msText(o.BaselineMs), Milliseconds(o.Diff),
			Percentages(o.Relative), Milliseconds(o.Control), o.Verdict())
	}
}

func writeAnswers(t io.Writer, r *Result) {
	fmt.Fprintln(t, "side\tcalls\tas expected\tleaks\texpired accepted\tover-blocks\tfaults\tlogouts\tp50 due/sent")
	for _, s := range []SideRecord{r.Baseline, r.Subject, r.Control} {
		fmt.Fprintf(t, "%s\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%s/%s\n", s.Name, s.Tally.Calls(), s.Tally.Of(AsExpect),
			s.Tally.Of(Leak), s.Tally.Of(Lapse), s.Tally.Of(OverBlock), s.Tally.Of(Fault), s.Tally.Logouts,
			msText(millis(s.FromDue.At(0.5))), msText(millis(s.FromSend.At(0.5))))
	}
}

func writeThresholds(t io.Writer, list []Threshold) {
	fmt.Fprintln(t, "limit\tallowed\tfound\t")
	for _, l := range list {
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\n", l.Name, l.Limit, l.Found, l.State)
	}
}

// barWidth is the length of the longest bar in characters.
const barWidth = 40

func writeBars(p *printer, bars []Bar) {
	var most int64
	for _, b := range bars {
		most = max(most, b.Count)
	}
	for _, b := range bars {
		width := int(b.Count * barWidth / max(most, 1))
		p.printf("%9s  %-*s %d\n", msText(millis(b.From)), barWidth, strings.Repeat("#", width), b.Count)
	}
	p.printf("\n")
}
