package page

import (
	"bytes"
	_ "embed"
	"html/template"
	"io"
	"strings"

	"github.com/revocheck/revocheck/loadgen/plot/chart"
	"github.com/revocheck/revocheck/loadgen/simulation/outcome"
	"github.com/revocheck/revocheck/loadgen/simulation/words"
)

//go:embed page.html
var source string

//go:embed page.css
var style string

var page = template.Must(template.New("page").Funcs(template.FuncMap{
	"style":    func() template.CSS { return template.CSS(style + chart.Style) },
	"seconds":  words.Seconds,
	"count":    words.Count,
	"bytes":    words.Bytes,
	"times":    func(i outcome.Interval) template.HTML { return cell(words.Interval(i, words.Seconds)) },
	"counts":   func(i outcome.Interval) template.HTML { return cell(words.Interval(i, words.Count)) },
	"sizes":    func(i outcome.Interval) template.HTML { return cell(words.Interval(i, words.Bytes)) },
	"percents": func(s outcome.Share) template.HTML { return cell(words.AtMost(s.Interval, s.Most, words.Percent)) },
	"millions": func(p outcome.PerMillion) template.HTML { return cell(words.AtMost(p.Interval, p.Most, words.Count)) },
	"worked":   func(zero outcome.Interval) template.HTML { return cell(words.Interval(rest(zero), words.Percent)) },
	"value":    value,
	"checked":  checked,
	"clock":    clock,
	"addStart": func(w outcome.Workload, at float64) float64 { return w.Start + at },
}).Parse(source))

// view is a study with its pictures.
type view struct {
	*outcome.Study
	Pictures []picture
}

// picture is a chart and what it shows.
type picture struct {
	Heading string
	Reads   string // how to read it
	SVG     template.HTML
}

// Write writes the study as an HTML page.
func Write(w io.Writer, s *outcome.Study) error {
	v := view{Study: s}
	for _, draw := range []func(*outcome.Study) (drawing, bool){exposure, lists, refusals, leaks, ranges} {
		d, any := draw(s)
		if !any {
			continue
		}
		p, err := d.picture()
		if err != nil {
			return err
		}
		v.Pictures = append(v.Pictures, p)
	}
	return page.Execute(w, v)
}

// drawing is a picture before it is drawn.
type drawing struct {
	reads string
	chart chart.Chart
}

func (d drawing) picture() (picture, error) {
	var svg bytes.Buffer
	heading := d.chart.Title
	err := d.chart.Write(&svg)
	return picture{Heading: heading, Reads: d.reads, SVG: template.HTML(svg.String())}, err
}

// cell puts the interval of a figure on a line of its own, so that the table's
// columns stay narrow.
func cell(figure string) template.HTML {
	mean, within, found := strings.Cut(figure, " (")
	text := template.HTMLEscapeString(mean)
	if found {
		text += "<small>(" + template.HTMLEscapeString(within) + "</small>"
	}
	return template.HTML(text)
}

// rest is one less a share.
func rest(i outcome.Interval) outcome.Interval {
	return outcome.Interval{Mean: 1 - i.Mean, Lo: 1 - i.Hi, Hi: 1 - i.Lo, N: i.N}
}

// value is a figure in the unit of a check.
func value(v float64, unit string) string {
	switch unit {
	case "s":
		return words.Seconds(v)
	case "share":
		return words.Percent(v)
	case "/s":
		return words.Count(v) + " a second"
	}
	return words.Count(v) + " " + unit
}

func checked(c outcome.Check) template.HTML {
	return cell(words.Interval(c.Got, func(v float64) string { return value(v, c.Unit) }))
}
