package plot

import (
	"fmt"
	"io"
	"math"

	"github.com/revocheck/revocheck/loadgen"
	"github.com/revocheck/revocheck/loadgen/plot/chart"
	"github.com/revocheck/revocheck/loadgen/stats"
)

// Timeline draws p50 and p99 of baseline and subject over the run.
func Timeline(w io.Writer, r *loadgen.Result) error {
	c := chart.Chart{Title: "Latency over time, from the due time", X: chart.Axis{Name: "seconds since the start"}, Y: chart.Axis{Name: "milliseconds"}}
	for i, s := range []loadgen.SideRecord{r.Baseline, r.Subject} {
		p50 := chart.Line{Name: s.Name + " p50", Colour: 2 * i}
		p99 := chart.Line{Name: s.Name + " p99", Colour: 2*i + 1}
		for _, at := range s.Timeline.Points {
			if at.Calls > 0 {
				p50.Points = append(p50.Points, chart.Point{X: at.AtMs / 1000, Y: at.P50Ms})
				p99.Points = append(p99.Points, chart.Point{X: at.AtMs / 1000, Y: at.P99Ms})
			}
		}
		c.Lines = append(c.Lines, p50, p99)
	}
	return c.Write(w)
}

// Percentiles draws the latency of each side on the scale of HdrHistogram,
// which gives each further nine of a percentile the same room.
func Percentiles(w io.Writer, r *loadgen.Result) error {
	c := chart.Chart{
		Title: "Latency by percentile, from the due time",
		X:     chart.Axis{Name: "percentile", Log: true, Holds: []float64{1, 10}}, Y: chart.Axis{Name: "milliseconds"},
	}
	most := 10.0
	for i, s := range []loadgen.SideRecord{r.Baseline, r.Subject, r.Control} {
		l := chart.Line{Name: s.Name, Colour: i}
		for _, at := range s.FromDue.Percentiles() {
			l.Points = append(l.Points, chart.Point{X: at.InverseTail, Y: at.Ms})
			most = max(most, at.InverseTail)
		}
		c.Lines = append(c.Lines, l)
	}
	c.X.Ticks = nines(most)
	return c.Write(w)
}

// nines are the ticks 0, 90 %, 99 %, 99.9 % and so on.
func nines(most float64) []chart.Tick {
	ticks := []chart.Tick{{At: 1, Text: "0"}}
	for tail := 10.0; tail <= most*1.0001; tail *= 10 {
		digits := max(0, int(math.Round(math.Log10(tail)))-2)
		ticks = append(ticks, chart.Tick{At: tail, Text: fmt.Sprintf("%.*f%%", digits, 100*(1-1/tail))})
	}
	return ticks
}

// Overhead draws the overheads with their intervals, and beside each the
// control, which shows what no difference at all looks like.
func Overhead(w io.Writer, r *loadgen.Result) error {
	c := chart.Chart{
		Title: fmt.Sprintf("Overhead of %s over %s, 95 %% intervals", r.Subject.Name, r.Baseline.Name),
		X:     chart.Axis{Name: "quantile", Holds: []float64{-0.5, 2.5}}, Y: chart.Axis{Name: "milliseconds"},
	}
	found := chart.Line{Name: "overhead", Dots: true}
	noise := chart.Line{Name: "A/A control", Colour: 1, Dots: true}
	for i, o := range r.Overheads {
		x := float64(i)
		c.X.Ticks = append(c.X.Ticks, chart.Tick{At: x, Text: o.Quantile})
		c.Bars = append(c.Bars, upright(x-0.08, o.Diff.Lo, o.Diff.Hi, 0), upright(x+0.08, o.Control.Lo, o.Control.Hi, 1))
		found.Points = append(found.Points, chart.Point{X: x - 0.08, Y: o.Diff.Point})
		noise.Points = append(noise.Points, chart.Point{X: x + 0.08, Y: o.Control.Point})
	}
	c.Lines = []chart.Line{found, noise}
	return c.Write(w)
}

// upright is the interval of an estimate at x.
func upright(x, lo, hi float64, colour int) chart.Bar {
	return chart.Bar{From: chart.Point{X: x, Y: lo}, To: chart.Point{X: x, Y: hi}, Colour: colour}
}

// Cost draws the cost against what the sweep changes, each value as far from
// the next as any other.
func Cost(w io.Writer, s *loadgen.Sweep) error {
	c := chart.Chart{
		Title: "Overhead against " + s.Of + ", 95 % intervals",
		X:     chart.Axis{Name: s.Of, Ticks: []chart.Tick{}}, Y: chart.Axis{Name: "milliseconds"},
	}
	for q, name := range stats.QuantileNames[:2] {
		l := chart.Line{Name: name, Colour: q, Dots: true}
		for i, p := range s.Points {
			if q < len(p.Overheads) {
				d, x := p.Overheads[q].Diff, float64(i)+0.06*float64(q)
				l.Points = append(l.Points, chart.Point{X: x, Y: d.Point})
				c.Bars = append(c.Bars, upright(x, d.Lo, d.Hi, q))
			}
		}
		c.Lines = append(c.Lines, l)
	}
	for i, p := range s.Points {
		c.X.Ticks = append(c.X.Ticks, chart.Tick{At: float64(i), Text: fmt.Sprintf("%.0f", p.X)})
	}
	return c.Write(w)
}
