package html

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/report/summary"
)

// page is a run as the template shows it. Texts of the run are printable, and the
// template escapes them.
type page struct {
	Title, Sentence, Why string
	Class                string // of the conclusion
	Conclusion, Counts   string
	Stamp, Tested        string
	Facts                []report.Field
	Causes               []cause
	Open, Aside          []line
	NotClaimed           []line
	Latencies            []line
	LeftOut, Missed      string
	Omitted              []string
	Controls             []family
	Groups               []group
	Reproduce            []command
	Notes                []string
}

// line is a fact and the scenarios that it is about.
type line struct {
	Text  string
	Links []link
}

// link leads to a scenario of the page.
type link struct{ ID, Anchor, Class, Outcome string }

// group has the scenarios of one.
type group struct {
	Name, Counts string
	Scenarios    []scenario
}

func pageOf(r report.Run) page {
	p := page{
		Class: classOf(r.Worst()), Conclusion: say(r.Concluded()), Counts: summary.Counts(r), Sentence: sentence(r), Stamp: stamp(r), Tested: tested(r),
		Facts: facts(r), LeftOut: say(summary.LeftOut(r)), Missed: summary.Missed(r), Reproduce: reproduce(r), Controls: controls(r),
	}
	p.Title = "revocheck: " + say(r.Subject.Name) + " is " + r.Worst().String()
	if r.Why != "" && len(r.Causes) == 0 {
		p.Why = say(r.Why)
	}
	anchors := anchorsOf(r)
	for i, c := range r.Causes {
		p.Causes = append(p.Causes, causeOf(i+1, c, r, anchors))
	}
	p.Open, p.Aside, p.NotClaimed = linesOf(r, summary.Open(r), anchors), linesOf(r, summary.Aside(r), anchors), linesOf(r, summary.NotClaimed(r), anchors)
	p.Latencies = linesOf(r, summary.Latencies(r), anchors)
	for _, id := range r.Omitted {
		p.Omitted = append(p.Omitted, say(id))
	}
	for _, note := range r.Notes {
		p.Notes = append(p.Notes, say(note))
	}
	for _, g := range r.Groups() {
		one := group{Name: say(g.Name), Counts: report.Count(g.Records, r.Strict).String()}
		for _, rec := range g.Records {
			one.Scenarios = append(one.Scenarios, scenarioOf(r, rec, anchors))
		}
		p.Groups = append(p.Groups, one)
	}
	return p
}

// say is a text of the run on one line, with nothing hidden in it.
func say(text string) string { return report.Printable(text) }

// anchorsOf gives each scenario a name within the page, whatever its ID holds.
func anchorsOf(r report.Run) map[string]string {
	all := map[string]string{}
	for i, rec := range r.Records {
		all[rec.ID] = fmt.Sprintf("s%d", i+1)
	}
	return all
}

func linesOf(r report.Run, lines []summary.Line, anchors map[string]string) (all []line) {
	for _, l := range lines {
		all = append(all, line{say(l.Text), linksOf(r, l.Records, anchors)})
	}
	return all
}

func linksOf(r report.Run, records []report.Record, anchors map[string]string) (all []link) {
	for _, rec := range records {
		all = append(all, link{say(rec.ID), anchors[rec.ID], outcomeClass(r, rec), rec.Outcome(r.Strict)})
	}
	return all
}

// sentence is the conclusion, in one.
func sentence(r report.Run) string {
	name := "“" + say(r.Subject.Name) + "”"
	switch worst := r.Worst(); {
	case worst == report.Nonconformant && len(r.Causes) > 0:
		text := fmt.Sprintf("%s does not conform: %s", name, lower(say(r.Causes[0].Title)))
		if more := len(r.Causes) - 1; more > 0 {
			text += fmt.Sprintf(", and %d more %s", more, summary.Plural(more, "finding"))
		}
		return text + "."
	case worst == report.Conformant:
		text := fmt.Sprintf("%s conforms: no logged-out token was accepted, and nobody else was locked out", name)
		if r.Unproven != "" {
			text += fmt.Sprintf("; profile %s is no proof of %s", say(r.Profile), say(r.Unproven))
		}
		return text + "."
	case worst == report.Partial:
		return fmt.Sprintf("%s is not shown to conform: nothing wrong was found, but not all that binds it was decided.", name)
	case worst == report.Unconcluded:
		return fmt.Sprintf("Nothing was tested of %s.", name)
	case worst == report.Nonconformant:
		return fmt.Sprintf("%s does not conform.", name)
	}
	return fmt.Sprintf("The run says too little of %s: it did not come to its end, or went wrong on the way.", name)
}

// lower begins a title in small letters, within a sentence.
func lower(title string) string {
	runes := []rune(title)
	if len(runes) > 1 && unicode.IsUpper(runes[0]) && !unicode.IsUpper(runes[1]) {
		runes[0] = unicode.ToLower(runes[0])
	}
	return string(runes)
}

// claims are the profiles in words.
var claims = map[string]string{
	"wire":   "all that can be seen over HTTP",
	"full":   "all that can be seen over HTTP, and restarts, store faults and a moved clock",
	"smoke":  "what can be decided over HTTP without long waits",
	"canary": "whether the check runs at all, by one user and a handful of calls",
}

// tested says what was claimed and how it was tried, for who does not know the tool.
func tested(r report.Run) string {
	text := "A copied token must be worth nothing once its owner has logged out. revocheck logged in, copied the token, logged out, and then tried the copy as a thief would; a gateway conforms if no copy is accepted and nobody else is locked out."
	if claim := claims[r.Profile]; claim != "" {
		text += fmt.Sprintf(" The claim is profile %s: %s.", r.Profile, claim)
	}
	return text
}

// stamp says in short what was tested, when and by whom.
func stamp(r report.Run) string {
	parts := []string{r.Subject.Kind, strings.Join(r.Subject.Endpoints, ", "), r.Started.Format("2 January 2006, 15:04 UTC"), "profile " + r.Profile}
	if r.Operator != "" {
		parts = append(parts, "run by "+r.Operator)
	}
	parts = slices.DeleteFunc(parts, func(p string) bool { return p == "" })
	return say(strings.Join(parts, " · "))
}

// facts identify the run.
func facts(r report.Run) []report.Field {
	all := []report.Field{
		{Name: "Subject", Text: strings.TrimSuffix(fmt.Sprintf("%s (%s)", r.Subject.Name, r.Subject.Kind), " ()")},
		{Name: "Endpoints", Text: strings.Join(r.Subject.Endpoints, ", ")},
		{Name: "Details", Text: strings.Join(r.Subject.DetailList(), ", ")},
		{Name: "Operator", Text: r.Operator},
		{Name: "Date", Text: r.Started.Format("2 January 2006, 15:04:05 UTC")},
		{Name: "Took", Text: r.Duration.String()},
		{Name: "Profile", Text: r.Profile + map[bool]string{true: ", strict: a failed should or may counts"}[r.Strict]},
		{Name: "Seed", Text: fmt.Sprint(r.Seed)},
		{Name: "Tool", Text: strings.TrimSpace(r.Tool.Name + " " + r.Tool.Version + " " + r.Tool.Go)},
	}
	if r.Operator == "" {
		all[3].Text = "not given (--operator)"
	}
	var shown []report.Field
	for _, f := range all {
		if f.Text != "" {
			shown = append(shown, report.Field{Name: f.Name, Text: say(f.Text)})
		}
	}
	return shown
}

func classOf(c report.Conclusion) string {
	switch c {
	case report.Conformant:
		return "good"
	case report.Partial:
		return "open"
	}
	return "bad"
}

// outcomeClass colours a record by what was counted of it.
func outcomeClass(r report.Run, rec report.Record) string {
	switch {
	case rec.Warning(r.Strict), rec.Verdict == report.Inconclusive:
		return "open"
	case rec.Verdict == report.Pass:
		return "good"
	case rec.Verdict == report.NotRun:
		return "none"
	}
	return "bad"
}
