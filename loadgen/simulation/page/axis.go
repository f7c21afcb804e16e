package page

import (
	"fmt"
	"math"

	"github.com/revocheck/revocheck/loadgen/plot/chart"
	"github.com/revocheck/revocheck/loadgen/simulation/outcome"
	"github.com/revocheck/revocheck/loadgen/simulation/words"
)

// times are the ticks of a logarithmic axis of seconds that people know.
func times() (ticks []chart.Tick) {
	for _, s := range []float64{0.001, 0.01, 0.1, 1, 10, 60, 600, 3600, 6 * 3600, 86400, 7 * 86400, 30 * 86400} {
		ticks = append(ticks, chart.Tick{At: s, Text: words.Seconds(s)})
	}
	return ticks
}

// hours are the ticks of the virtual time that was watched, by the clock where
// it is days, from the start of the workload.
func hours(w outcome.Workload) (ticks []chart.Tick) {
	for _, step := range []float64{60, 300, 600, 1800, 3600, 3 * 3600, 6 * 3600, 86400, 7 * 86400, 30 * 86400} {
		if w.Span/step > 9 {
			continue
		}
		for at := math.Ceil(w.Start/step) * step; at <= w.Start+w.Span; at += step {
			ticks = append(ticks, chart.Tick{At: at - w.Start, Text: clock(at)})
		}
		return ticks
	}
	return nil
}

// clock is a time of day, after midnight of the first day.
func clock(at float64) string {
	minutes := math.Round(at / 60)
	day, minutes := math.Floor(minutes/1440), math.Mod(minutes, 1440)
	text := fmt.Sprintf("%02.0f:%02.0f", math.Floor(minutes/60), math.Mod(minutes, 60))
	if day > 0 {
		text = fmt.Sprintf("day %.0f, %s", day+1, text)
	}
	return text
}

// shades are what happened on the way, for the pictures of the run.
func shades(w outcome.Workload) (all []chart.Shade) {
	for _, e := range w.Events {
		all = append(all, chart.Shade{From: e.At, To: max(e.At, e.Until), Text: e.Text})
	}
	return all
}

// amounts is an axis from zero, or a logarithmic one if the largest series would
// press the smallest one flat.
func amounts(name string, lines []chart.Line) chart.Axis {
	least, most := math.Inf(1), 0.0
	for _, l := range lines {
		peak := 0.0
		for _, at := range l.Points {
			peak = max(peak, at.Y)
		}
		if peak > 0 {
			least, most = min(least, peak), max(most, peak)
		}
	}
	a := chart.Axis{Name: name}
	if most > 30*least {
		a.Log, a.Holds = true, []float64{max(1, least/100)}
		for at := 1.0; at <= most; at *= 10 {
			a.Ticks = append(a.Ticks, chart.Tick{At: at, Text: words.Count(at)})
		}
	}
	return a
}
