package page

import (
	"fmt"
	"slices"
	"strings"

	"github.com/revocheck/revocheck/loadgen/plot/chart"
	"github.com/revocheck/revocheck/loadgen/simulation/outcome"
	"github.com/revocheck/revocheck/loadgen/simulation/words"
)

// exposure draws, for all strategies, which share of stolen tokens worked for
// longer than a time.
func exposure(s *outcome.Study) (drawing, bool) {
	c := chart.Chart{
		Title: "How long stolen tokens work after the logout", Embedded: true, LabelsAtEnd: true, Height: 420,
		X: chart.Axis{Name: "worked for longer than", Log: true, Ticks: times(), Holds: []float64{0.1}},
		Y: chart.Axis{Name: "share of stolen tokens", Holds: []float64{1}, Ticks: percents()},
	}
	var says []string
	for i, st := range s.Strategies {
		c.Lines = append(c.Lines, survivors(st, i))
		says = append(says, fmt.Sprintf("%s: %s of them work at all, %s on average, %s at most", st.Label,
			words.Percent(1-st.Exposure.Zero.Mean), words.Seconds(st.Exposure.Mean.Mean), words.Seconds(st.Exposure.Max)))
	}
	if w := s.Workload.Window; w > 0 {
		c.Shades = []chart.Shade{{From: w, To: w, Text: "declared tolerable: " + words.Seconds(w)}}
	}
	c.Says = strings.Join(says, "; ") + "."
	reads := "A line that starts low and falls early is good: few stolen tokens work after their logout, and not for long. A token counts if its user logged out before it expired."
	return drawing{reads, c}, len(s.Strategies) > 0
}

// survivors is the share of thefts whose exposure is longer than a time. The
// axis is logarithmic and begins at a tenth of a second.
func survivors(st outcome.Strategy, colour int) chart.Line {
	const begin = 0.1
	l := chart.Line{Name: st.Label, Colour: colour, Width: wide(colour), Points: []chart.Point{{X: begin, Y: 1 - st.Exposure.Zero.Mean}}}
	for _, at := range st.Exposure.CDF {
		if at.Seconds <= begin {
			l.Points[0].Y = 1 - at.Share
			continue
		}
		l.Points = append(l.Points, chart.Point{X: at.Seconds, Y: 1 - at.Share})
	}
	return l
}

// wide is the stroke of the i-th strategy: where two do the same, the first shows
// under the second.
func wide(i int) float64 { return max(1.6, 5-0.9*float64(i)) }

func percents() (ticks []chart.Tick) {
	for at := 0.0; at <= 1.01; at += 0.25 {
		ticks = append(ticks, chart.Tick{At: at, Text: words.Percent(at)})
	}
	return ticks
}

// lists draws how much each strategy keeps over the run, beside the formula.
func lists(s *outcome.Study) (drawing, bool) {
	c := chart.Chart{
		Title: "What the gateway must keep", Embedded: true, LabelsAtEnd: true,
		X: chart.Axis{Name: "time of day", Ticks: hours(s.Workload)}, Shades: shades(s.Workload),
	}
	var says []string
	for i, st := range s.Strategies {
		kept := chart.Line{Name: st.Label, Colour: i, Width: wide(i)}
		formula := chart.Line{Colour: i, Dashed: true}
		for _, at := range st.List.Levels {
			kept.Points = append(kept.Points, chart.Point{X: at.At, Y: at.Entries.Mean})
			if at.Formula > 0 {
				formula.Points = append(formula.Points, chart.Point{X: at.At, Y: at.Formula})
			}
		}
		if len(kept.Points) > 0 {
			c.Lines = append(c.Lines, kept, formula)
			says = append(says, fmt.Sprintf("%s: at most %s %s", st.Label, words.Count(st.List.Peak.Mean), st.List.What))
		}
	}
	c.Y = amounts("entries", c.Lines)
	c.Says = strings.Join(says, "; ") + "."
	return drawing{"Entries over the run; dotted is what Little's law gives: the rate of logouts times the rest of the tokens' lives.", c}, len(c.Lines) > 0
}

// refusals draws what an outage does to the users.
func refusals(s *outcome.Study) (drawing, bool) {
	return timeline(s, "Users' calls that the gateway could not decide", "calls a second",
		"Refused because the store could not be asked, or let through without asking it (dotted).",
		func(at outcome.Slot) (float64, float64) { return at.Unavailable, at.Unasked })
}

// leaks draws when calls with ended tokens were accepted.
func leaks(s *outcome.Study) (drawing, bool) {
	return timeline(s, "Calls accepted after their token's logout", "calls a second",
		"Each is a call of a thief, or of a client that did not know, with a token whose logout was acknowledged.",
		func(at outcome.Slot) (float64, float64) { return at.Leaks, 0 })
}

// timeline draws a figure of each slot of the run, a second, by strategy; and
// nothing if it is always zero.
func timeline(s *outcome.Study, title, unit, reads string, figure func(outcome.Slot) (float64, float64)) (drawing, bool) {
	c := chart.Chart{
		Title: title, Embedded: true, LabelsAtEnd: true, Shades: shades(s.Workload),
		X: chart.Axis{Name: "time of day", Ticks: hours(s.Workload)},
	}
	for i, st := range s.Strategies {
		solid := chart.Line{Name: st.Label, Colour: i, Steps: true, Width: wide(i)}
		dotted := chart.Line{Name: st.Label + ", let through", Colour: i, Steps: true, Dashed: true}
		for _, at := range st.Timeline {
			first, second := figure(at)
			solid.Points = append(solid.Points, chart.Point{X: at.At, Y: first / max(at.Length, 1)})
			dotted.Points = append(dotted.Points, chart.Point{X: at.At, Y: second / max(at.Length, 1)})
		}
		for _, l := range []chart.Line{solid, dotted} {
			if slices.ContainsFunc(l.Points, func(at chart.Point) bool { return at.Y > 0 }) {
				c.Lines = append(c.Lines, l)
			}
		}
	}
	c.Y = chart.Axis{Name: unit}
	c.Says = fmt.Sprintf("%d of %d strategies have any.", len(c.Lines), len(s.Strategies))
	return drawing{reads, c}, len(c.Lines) > 0
}
