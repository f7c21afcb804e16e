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

// Evidence says why a record of the run says what it says, and what mends it:
// first the cause, if it is not the record's alone.
func (r Run) Evidence(rec Record) []Field {
	cause, fix := r.causeOf(rec), rec.Fix
	var fields []Field
	if len(cause.Scenarios) > 1 {
		fields = append(fields, Field{"cause", cause.Title + ", first seen by " + cause.First()})
	}
	if rec.Reached != nil && !*rec.Reached {
		fields = append(fields, Field{"", "its own requirement was not reached: run it again after the fix"})
		fix = cause.Fix
	}
	fields = append(append(fields, Field{"requirement", rec.Requirement}), rec.FailedStep()...)
	fields = append(fields, Field{"why", rec.Reason()}, Field{"fix", fix}, Field{"refs", strings.Join(rec.Refs, ", ")})
	return withText(fields)
}

func (r Run) causeOf(rec Record) Cause {
	for _, c := range r.Causes {
		if c.ID == rec.Cause {
			return c
		}
	}
	return Cause{}
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

// EveryStep lists the record's steps.
func (r Record) EveryStep() []Field { return listed("steps", r.Steps) }

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
