package html

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/revocheck/revocheck/report"
)

// scenario is a record, as the template shows it.
type scenario struct {
	link
	Title, Level, Requirement string
	Fields                    []report.Field
	Refs                      []reference
	Steps                     []step
	Figures                   []figure
	TimeLine                  *timeLine
	Numbers, Observed, Notes  []string
	Duration                  string
	Shown                     bool // unfolded
}

// step is what was sent and what came, or how many were left out.
type step struct {
	At, Sent, Expected, Came, Note string
	Bad                            bool
	LeftOut                        int
}

func scenarioOf(r report.Run, rec report.Record, anchors map[string]string) scenario {
	s := scenario{
		link:  linksOf(r, []report.Record{rec}, anchors)[0],
		Title: say(rec.Title), Level: rec.Level.String(), Requirement: say(rec.Requirement),
		Duration: rec.Duration.String(), Steps: stepsOf(rec), Figures: figuresOf(rec), TimeLine: timeLineOf(rec),
	}
	if rec.Verdict != report.Pass {
		for _, f := range r.Evidence(rec) {
			if f.Name != "requirement" && f.Name != "refs" {
				s.Fields = append(s.Fields, report.Field{Name: say(f.Name), Text: say(f.Text)})
			}
		}
	}
	for _, ref := range rec.Refs {
		s.Refs = append(s.Refs, referenceOf(ref))
	}
	for _, n := range rec.Numbers {
		s.Numbers = append(s.Numbers, say(n.String()))
	}
	s.Observed, s.Notes = sayAll(rec.Observed), sayAll(rec.Notes)
	for _, c := range r.Causes {
		s.Shown = s.Shown || !c.Warning && c.First() == rec.ID
	}
	return s
}

func sayAll(texts []string) (all []string) {
	for _, t := range texts {
		all = append(all, say(t))
	}
	return all
}

// The steps that are shown of a scenario: the first, the last, and what was not as
// expected with the one before it.
const (
	firstShown = 14
	lastShown  = 4
	mostBad    = 12
)

// stepsOf shows the steps that tell something. The stored run has them all.
func stepsOf(rec report.Record) []step {
	keep, bad := make([]bool, len(rec.Steps)), 0
	for i, s := range rec.Steps {
		keep[i] = keep[i] || i < firstShown || i >= len(rec.Steps)-lastShown
		if !s.OK && bad < mostBad {
			bad++
			keep[i], keep[max(0, i-1)] = true, true
		}
	}
	var shown []step
	for i, s := range rec.Steps {
		switch last := len(shown) - 1; {
		case keep[i]:
			shown = append(shown, stepOf(s))
		case last >= 0 && shown[last].LeftOut > 0:
			shown[last].LeftOut++
		default:
			shown = append(shown, step{LeftOut: 1})
		}
	}
	return shown
}

func stepOf(s report.Step) step {
	text := cmp.Or(s.Text, s.Request)
	if s.Request != "" && !strings.Contains(s.Text, s.Request) {
		text += ": " + s.Request
	}
	if s.Count > 1 {
		text += fmt.Sprintf(" (%d times)", s.Count)
	}
	return step{At: s.At.String(), Sent: say(text), Expected: say(s.Expected), Came: say(s.Actual), Note: say(s.Note), Bad: !s.OK}
}
