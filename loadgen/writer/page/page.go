// Package page renders a bench as one self-contained HTML page with its plots.
package page

import (
	"bytes"
	"fmt"
	"html/template"
	"io"

	"github.com/revocheck/revocheck/loadgen"
	"github.com/revocheck/revocheck/loadgen/plot"
	"github.com/revocheck/revocheck/loadgen/stats"
	"github.com/revocheck/revocheck/loadgen/writer"
	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/report/html"
)

// bench is a result, as the template shows it.
type bench struct {
	Style           template.CSS
	Title, Sentence string
	Stamp           string
	Overheads       []row
	Plots           []template.HTML
	Text            string
}

// row is the overhead at one quantile.
type row struct{ Quantile, Baseline, Overhead, Relative, Control, Verdict string }

// Write renders the result: what the check costs in one sentence, the overheads with
// their intervals, the plots, and all that the terminal has. The error is the
// writer's.
func Write(w io.Writer, r *loadgen.Result) error {
	b := bench{Style: html.Style(), Sentence: sentence(r)}
	b.Title = report.Printable("revocheck bench: " + r.Subject.Name + " against " + r.Baseline.Name)
	b.Stamp = report.Printable(fmt.Sprintf("%s · %s calls a second · seed %d · %s %s", r.Started.UTC().Format("2 January 2006, 15:04 UTC"), r.Setup.Rate, r.Setup.Seed, r.Tool.Name, r.Tool.Version))
	for _, o := range r.Overheads {
		b.Overheads = append(b.Overheads, row{o.Quantile, stats.MsText(o.BaselineMs), stats.Milliseconds(o.Diff), stats.Percentages(o.Relative), stats.Milliseconds(o.Control), o.Verdict()})
	}
	for _, draw := range []func(io.Writer, *loadgen.Result) error{plot.Overhead, plot.Percentiles, plot.Timeline} {
		var svg bytes.Buffer
		if err := draw(&svg, r); err != nil {
			return err
		}
		b.Plots = append(b.Plots, template.HTML(svg.String())) // the plots escape their texts
	}
	var text, out bytes.Buffer
	if err := writer.Text(&text, r); err != nil {
		return err
	}
	b.Text = text.String()
	if err := page.Execute(&out, b); err != nil {
		return err
	}
	_, err := out.WriteTo(w)
	return err
}

// sentence is what the bench found, in one.
func sentence(r *loadgen.Result) string {
	leaks := r.Subject.Tally.Of(loadgen.Leak) + r.Subject.Tally.Of(loadgen.Lapse)
	text := fmt.Sprintf("The check of “%s” over “%s”: ", r.Subject.Name, r.Baseline.Name)
	if len(r.Overheads) > 0 && r.Overheads[0].Diff.Valid() {
		o := r.Overheads[0]
		text += fmt.Sprintf("p50 %s (95 %% interval), %s", stats.Milliseconds(o.Diff), o.Verdict())
	} else {
		text += "too few pairs for a figure"
	}
	if leaks > 0 {
		text += fmt.Sprintf("; %d dead tokens were accepted", leaks)
	}
	if r.Stopped != "" {
		text += "; stopped early: " + r.Stopped
	}
	return report.Printable(text) + "."
}

var page = template.Must(template.New("bench").Parse(`<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<style>{{.Style}}</style>
<title>{{.Title}}</title></head>
<body>
<header><h1>{{.Sentence}}</h1>
<p class="soft">{{.Stamp}}</p>
<p>Short slices of baseline, subject and a second baseline (the A/A control) alternate in random order. Latency counts from the moment a call was due. An overhead that two equal sides show as well is not distinguishable from none.</p></header>
<main>
<section aria-labelledby="overhead"><h2 id="overhead">What the check adds</h2>
<div class="scroll"><table><caption>Overhead over the baseline, with 95 % intervals</caption><thead><tr><th scope="col">quantile</th><th scope="col">baseline</th><th scope="col">overhead</th><th scope="col">of baseline</th><th scope="col">A/A control</th><th scope="col">verdict</th></tr></thead><tbody>
{{range .Overheads}}<tr><th scope="row">{{.Quantile}}</th><td>{{.Baseline}}</td><td>{{.Overhead}}</td><td>{{.Relative}}</td><td>{{.Control}}</td><td>{{.Verdict}}</td></tr>
{{end}}</tbody></table></div>
{{range .Plots}}<figure>{{.}}</figure>
{{end}}</section>
<section aria-labelledby="all"><h2 id="all">All that was found</h2>
<pre class="scroll">{{.Text}}</pre></section>
</main>
</body>
</html>
`))
