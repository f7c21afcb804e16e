package report

import (
	"fmt"
	"slices"
	"strings"
)

// before is how many steps are shown before the one that failed.
const before = 3

func (s *screen) failures(r Run) {
	for _, rec := range r.Records {
		if rec.Verdict == Fail && !rec.Warning(r.Strict) {
			s.failure(rec)
		}
	}
}

// failure shows all that someone needs who has to mend it.
func (s *screen) failure(r Record) {
	s.blank()
	s.entry(0, red, "FAIL ", fmt.Sprintf("%s: %s (%s)", r.ID, r.Title, r.Level))
	s.evidence(r)
}

// evidence shows why a record says what it says.
func (s *screen) evidence(r Record) {
	s.field("requirement", r.Requirement)
	s.failedStep(r)
	s.why(r)
	s.field("fix", r.Fix)
	s.field("refs", strings.Join(r.Refs, ", "))
}

func (s *screen) why(r Record) {
	s.field("why", reason(r.Why))
}

func (s *screen) failedStep(r Record) {
	at := slices.IndexFunc(r.Steps, func(st Step) bool { return !st.OK })
	if at < 0 {
		s.steps("steps", r.Steps[max(0, len(r.Steps)-before):])
		return
	}
	failed := r.Steps[at]
	s.field("expected", failed.Expected)
	s.field("came", failed.Actual)
	s.field("step", place(r, failed)+failed.Text+times(failed))
	if failed.Request != failed.Text {
		s.field("", failed.Request)
	}
	s.field("", failed.Note)
	s.steps("before", r.Steps[max(0, at-before):at])
	s.moreFailed(r.Steps[at+1:])
}

// moreFailed says that the step shown is not the only one.
func (s *screen) moreFailed(rest []Step) {
	n := 0
	for _, st := range rest {
		if !st.OK {
			n++
		}
	}
	if n > 0 {
		s.field("after", fmt.Sprintf("%d more not as expected", n))
	}
}

func (s *screen) steps(name string, steps []Step) {
	for _, st := range steps {
		s.field(name, inLine(st)+st.Text+times(st)+arrow(st))
		name = ""
	}
}

// place names the file and line of a step.
func place(r Record, st Step) string {
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

func times(st Step) string {
	if st.Count < 2 {
		return ""
	}
	return fmt.Sprintf(" (%d times)", st.Count)
}

func arrow(st Step) string {
	if st.Actual == "" {
		return ""
	}
	return " -> " + st.Actual
}
