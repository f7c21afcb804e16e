package report

import (
	"fmt"
	"slices"
	"strings"
)

// Field is a text under a name; one without a name goes on from the one before.
type Field struct{ Name, Text string }

// shownBefore is how many steps are shown before the one that failed.
const shownBefore = 3

// Evidence says why the record says what it says, and what mends it.
func (r Record) Evidence() []Field {
	fields := append([]Field{{"requirement", r.Requirement}}, r.FailedStep()...)
	fields = append(fields, Field{"why", r.Reason()}, Field{"fix", r.Fix}, Field{"refs", strings.Join(r.Refs, ", ")})
	return withText(fields)
}

// FailedStep shows the first step that was not as expected and those before
// it; if each was, the last ones.
func (r Record) FailedStep() []Field {
	at := slices.IndexFunc(r.Steps, func(st Step) bool { return !st.OK })
	if at < 0 {
		return listed("steps", r.Steps[max(0, len(r.Steps)-shownBefore):])
	}
	failed := r.Steps[at]
	fields := []Field{{"expected", failed.Expected}, {"came", failed.Actual}, {"step", r.place(failed) + failed.Text + failed.times()}}
	if failed.Request != failed.Text {
		fields = append(fields, Field{"", failed.Request})
	}
	fields = append(fields, Field{"", failed.Note})
	fields = append(fields, listed("before", r.Steps[max(0, at-shownBefore):at])...)
	return withText(append(fields, Field{"after", moreFailed(r.Steps[at+1:])}))
}

func withText(fields []Field) []Field {
	return slices.DeleteFunc(fields, func(f Field) bool { return f.Text == "" })
}

// listed puts the name before the first of the steps.
func listed(name string, steps []Step) []Field {
	var fields []Field
	for _, st := range steps {
		fields = append(fields, Field{name, inLine(st) + st.Text + st.times() + st.outcome()})
		name = ""
	}
	return fields
}

// moreFailed says that the step shown is not the only one.
func moreFailed(rest []Step) string {
	n := 0
	for _, st := range rest {
		if !st.OK {
			n++
		}
	}
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("%d more not as expected", n)
}

// place names the file and line of a step.
func (r Record) place(st Step) string {
	if r.Source == "" {
		return inLine(st)
	}
	if st.Line == 0 {
		return r.Source + ": "
	}
	return fmt.Sprintf("%s:%d: ", r.Source, st.Line)
}

func inLine(st Step) string {
	if st.Line == 0 {
		return ""
	}
	return fmt.Sprintf("line %d: ", st.Line)
}

func (s Step) times() string {
	if s.Count < 2 {
		return ""
	}
	return fmt.Sprintf(" (%d times)", s.Count)
}

func (s Step) outcome() string {
	if s.Actual == "" {
		return ""
	}
	return " -> " + s.Actual
}
