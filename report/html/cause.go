package html

import (
	"strings"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/report/summary"
)

// cause is one, as the template shows it.
type cause struct {
	Number              int
	Title, Class, Kind  string
	Seen                []string
	Risk, Fix, Declared string
	Scenarios           []link
	Count, Unreached    int
	CountOf             string
}

func causeOf(n int, c report.Cause, r report.Run, anchors map[string]string) cause {
	out := cause{Number: n, Title: say(c.Title), Class: "bad", Kind: "failure", Risk: say(capital(c.Risk)), Fix: say(c.Fix), Count: len(c.Scenarios)}
	if c.Warning {
		out.Class, out.Kind = "open", "warning"
	}
	for _, text := range c.Seen {
		out.Seen = append(out.Seen, say(text))
	}
	if c.Declared != nil {
		out.Declared = say(c.Declared.String())
	}
	var explained []report.Record
	for _, id := range c.Scenarios {
		for _, rec := range r.Records {
			if rec.ID == id {
				explained = append(explained, rec)
			}
		}
	}
	out.Scenarios = linksOf(r, explained, anchors)
	_, out.Unreached = summary.Others(r, c)
	out.CountOf = summary.Plural(out.Count, "scenario")
	return out
}

// capital begins a text as a sentence.
func capital(text string) string {
	if text == "" {
		return ""
	}
	return strings.ToUpper(text[:1]) + text[1:]
}
