package plot

import (
	"fmt"
	"io"
	"math"

	"github.com/revocheck/revocheck/loadgen"
	"github.com/revocheck/revocheck/loadgen/stats"
)

// Timeline draws p50 and p99 of baseline and subject over the run.
func Timeline(w io.Writer, r *loadgen.Result) error {
	c := &chart{title: "Latency over time, from the due time", x: "seconds since the start", y: "milliseconds"}
	for i, s := range []loadgen.SideRecord{r.Baseline, r.Subject} {
		p50 := line{name: s.Name + " p50", colour: colours[2*i]}
		p99 := line{name: s.Name + " p99", colour: colours[2*i+1]}
		for _, at := range s.Timeline.Points {
			if at.Calls > 0 {
				p50.points = append(p50.points, point{at.AtMs / 1000, at.P50Ms})
				p99.points = append(p99.points, point{at.AtMs / 1000, at.P99Ms})
			}
		}
		c.lines = append(c.lines, p50, p99)
	}
	return c.write(w)
}

// Percentiles draws the latency of each side on the scale of HdrHistogram,
// which gives each further nine of a percentile the same room.
func Percentiles(w io.Writer, r *loadgen.Result) error {
	c := &chart{title: "Latency by percentile, from the due time", x: "percentile", y: "milliseconds", logX: true}
	for i, s := range []loadgen.SideRecord{r.Baseline, r.Subject, r.Control} {
		l := line{name: s.Name, colour: colours[i]}
		for _, at := range s.FromDue.Percentiles() {
			l.points = append(l.points, point{at.InverseTail, at.Ms})
		}
		c.lines = append(c.lines, l)
	}
	c.xs.hold(1)
	c.xs.hold(10)
	c.fit()
	c.xTicks = nines(c.xs.hi)
	return c.write(w)
}

// nines are the ticks 0, 90 %, 99 %, 99.9 % and so on.
func nines(most float64) []tick {
	ticks := []tick{{1, "0"}}
	for tail := 10.0; tail <= most*1.0001; tail *= 10 {
		digits := max(0, int(math.Round(math.Log10(tail)))-2)
		ticks = append(ticks, tick{tail, fmt.Sprintf("%.*f%%", digits, 100*(1-1/tail))})
	}
	return ticks
}

// Overhead draws the overheads with their intervals, and beside each the
// control, which shows what no difference at all looks like.
func Overhead(w io.Writer, r *loadgen.Result) error {
	c := &chart{title: fmt.Sprintf("Overhead of %s over %s, 95 %% intervals", r.Subject.Name, r.Baseline.Name),
		x: "quantile", y: "milliseconds", xs: span{-0.5, 2.5, true}}
	found := line{name: "overhead", colour: colours[0], dots: true}
	noise := line{name: "A/A control", colour: colours[1], dots: true}
	for i, o := range r.Overheads {
		x := float64(i)
		c.xTicks = append(c.xTicks, tick{x, o.Quantile})
		c.bands = append(c.bands, band{x - 0.08, o.Diff.Lo, o.Diff.Hi, colours[0]}, band{x + 0.08, o.Control.Lo, o.Control.Hi, colours[1]})
		found.points = append(found.points, point{x - 0.08, o.Diff.Point})
		noise.points = append(noise.points, point{x + 0.08, o.Control.Point})
	}
	c.lines = []line{found, noise}
	return c.write(w)
}

// Cost draws the cost against what the sweep changes, each value as far from
// the next as any other.
func Cost(w io.Writer, s *loadgen.Sweep) error {
	c := &chart{title: "Overhead against " + s.Of + ", 95 % intervals", x: s.Of, y: "milliseconds"}
	for q, name := range stats.QuantileNames[:2] {
		l := line{name: name, colour: colours[q], dots: true}
		for i, p := range s.Points {
			if q < len(p.Overheads) {
				d, x := p.Overheads[q].Diff, float64(i)+0.06*float64(q)
				l.points = append(l.points, point{x, d.Point})
				c.bands = append(c.bands, band{x, d.Lo, d.Hi, colours[q]})
			}
		}
		c.lines = append(c.lines, l)
	}
	c.xTicks = []tick{}
	for i, p := range s.Points {
		c.xTicks = append(c.xTicks, tick{float64(i), fmt.Sprintf("%.0f", p.X)})
	}
	return c.write(w)
}
