package html

import (
	"slices"
	"strings"

	"github.com/revocheck/revocheck/report"
)

// reference is a control that a scenario refers to, and where it can be read.
type reference struct{ Name, URL string }

// family is a document with its controls: those to which a scenario refers, and those
// to which none does.
type family struct {
	Name, Of            string
	Controls, Uncovered []controlRow
}

// controlRow is a control, what the scenarios that refer to it found, and what they are.
type controlRow struct {
	reference
	Title, Class, Result string
	Scenarios            []link
}

// controls are the index by control: those of each document that are about ending a
// token, covered or not, and whatever else the scenarios refer to.
func controls(r report.Run) (all []family) {
	anchors, listed := anchorsOf(r), map[string]bool{}
	for _, d := range documents {
		f := family{Name: d.name, Of: d.of}
		for _, c := range d.controls {
			ref := strings.TrimSpace(d.prefix + c.id)
			listed[ref] = true
			row := controlOf(r, ref, anchors)
			row.Title = c.title
			if len(row.Scenarios) > 0 {
				f.Controls = append(f.Controls, row)
			} else {
				f.Uncovered = append(f.Uncovered, row)
			}
		}
		all = append(all, f)
	}
	other := family{Name: "Other references", Of: "whatever else a scenario of this run refers to"}
	for _, ref := range otherRefs(r, listed) {
		other.Controls = append(other.Controls, controlOf(r, ref, anchors))
	}
	return append(all, other)
}

func otherRefs(r report.Run, listed map[string]bool) (refs []string) {
	for _, rec := range r.Records {
		for _, ref := range rec.Refs {
			if !listed[ref] {
				listed[ref] = true
				refs = append(refs, ref)
			}
		}
	}
	slices.Sort(refs)
	return refs
}

func controlOf(r report.Run, ref string, anchors map[string]string) controlRow {
	row := controlRow{reference: referenceOf(ref)}
	var about []report.Record
	for _, rec := range r.Records {
		if slices.Contains(rec.Refs, ref) {
			about = append(about, rec)
		}
	}
	row.Scenarios = linksOf(r, about, anchors)
	row.Class, row.Result = resultOf(report.Count(about, r.Strict))
	return row
}

// resultOf is what the scenarios of a control say together: the worst of them.
func resultOf(c report.Counts) (class, result string) {
	switch {
	case c.Failed > 0:
		return "bad", "failed"
	case c.Errors+c.Inconclusive > 0:
		return "open", "not decided"
	case c.Warnings > 0:
		return "open", "warning"
	case c.Passed == 0:
		return "none", "not run"
	case c.NotRun > 0:
		return "good", "passed, as far as it ran"
	}
	return "good", "passed"
}

// referenceOf says where a control can be read.
func referenceOf(ref string) reference {
	out := reference{Name: say(ref)}
	rest, number := "", ""
	switch {
	case strings.HasPrefix(ref, "RFC "):
		number, rest, _ = strings.Cut(ref[len("RFC "):], " section ")
		rest, _, _ = strings.Cut(rest, " ")
		if digits(number) {
			out.URL = "https://www.rfc-editor.org/rfc/rfc" + number
			if rest != "" && digits(strings.ReplaceAll(rest, ".", "")) {
				out.URL += "#section-" + rest
			}
		}
	case strings.HasPrefix(ref, "CWE-") && digits(ref[len("CWE-"):]):
		out.URL = "https://cwe.mitre.org/data/definitions/" + ref[len("CWE-"):] + ".html"
	}
	return out
}

func digits(text string) bool {
	return text != "" && strings.IndexFunc(text, func(c rune) bool { return c < '0' || c > '9' }) < 0
}
