package page

import (
	"fmt"
	"strings"

	"github.com/revocheck/revocheck/loadgen/plot/chart"
	"github.com/revocheck/revocheck/loadgen/simulation/outcome"
	"github.com/revocheck/revocheck/loadgen/simulation/words"
)

// most is how many settings the picture of the sensitivity has; the table below
// it has all.
const most = 12

// ranges draws over which range each setting moves the exposure, what moves it
// most first.
func ranges(s *outcome.Study) (drawing, bool) {
	rows := s.Sensitivity[:min(most, len(s.Sensitivity))]
	c := chart.Chart{
		Title: "What moves the exposure", Embedded: true, Height: 110 + 34*len(rows),
		X: chart.Axis{Name: "mean time that a stolen token works", Log: true, Ticks: times(), Holds: []float64{0.1}},
		Y: chart.Axis{Ticks: []chart.Tick{}, Holds: []float64{0, float64(len(rows))}},
	}
	var says []string
	for i, row := range rows {
		y := float64(len(rows)-i) - 0.75
		lo, hi, base := reach(row)
		c.Bars = append(c.Bars, chart.Bar{From: chart.Point{X: lo.Exposure.Mean, Y: y}, To: chart.Point{X: hi.Exposure.Mean, Y: y}, Colour: i, Wide: true})
		c.Lines = append(c.Lines, chart.Line{Colour: 6, Dots: true, Points: []chart.Point{{X: base.Exposure.Mean, Y: y}}})
		what := fmt.Sprintf("%s, %s from %s to %s", row.Label, row.Setting, lo.Text, hi.Text)
		c.Notes = append(c.Notes, chart.Note{At: chart.Point{X: 0, Y: y + 0.38}, Text: what})
		says = append(says, fmt.Sprintf("%s: from %s to %s", what, words.Seconds(lo.Exposure.Mean), words.Seconds(hi.Exposure.Mean)))
	}
	c.Says = strings.Join(says, "; ") + "."
	return drawing{"Each bar is one setting, changed alone; the dot is the workload as it is.", c}, len(rows) > 0
}

// reach are the trials with the least and the largest exposure, and the one of
// the workload as it is.
func reach(row outcome.Sensitivity) (lo, hi, base outcome.Trial) {
	for i, t := range row.Trials {
		if i == 0 || t.Exposure.Mean < lo.Exposure.Mean {
			lo = t
		}
		if i == 0 || t.Exposure.Mean > hi.Exposure.Mean {
			hi = t
		}
		if t.IsBase {
			base = t
		}
	}
	return lo, hi, base
}
