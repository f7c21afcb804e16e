package terminal

import (
	"fmt"
	"strings"

	"github.com/revocheck/revocheck/report"
)

// weaker shows failed shoulds and mays, in full: someone has to mend them too.
func (s *screen) weaker(r report.Run) {
	for _, rec := range r.Records {
		if rec.Warning(r.Strict) {
			s.blank()
			s.entry(0, yellow, "WARNING ", fmt.Sprintf("%s: %s (%s)", rec.ID, rec.Title, rec.Level))
			s.fields(r.Evidence(rec))
		}
	}
}

// undecided shows what said nothing of the target, and the step that broke off.
func (s *screen) undecided(r report.Run) {
	for _, rec := range r.Records {
		switch rec.Verdict {
		case report.Pass, report.Fail, report.NotRun:
			continue
		case report.Inconclusive:
			s.blank()
			s.entry(0, yellow, "INCONCLUSIVE ", rec.ID+": "+rec.Title)
		default:
			s.blank()
			s.entry(0, red, strings.ToUpper(rec.Verdict.String())+" ", rec.ID+": "+rec.Title)
		}
		s.fields(rec.FailedStep())
		s.field("why", rec.Reason())
		s.field("fix", rec.Fix)
	}
}

// notRun lists what did not run, by reason: first what the target does not
// claim, then everything else.
func (s *screen) notRun(r report.Run) {
	undeclared, other := split(r.Records)
	if missing := r.Unclaimed(); len(missing) > 0 {
		s.heading("Not claimed: the target does not declare what these scenarios need")
		waiting := map[string]report.Group{}
		for _, g := range report.GroupBy(undeclared, func(r report.Record) string { return r.Undeclared }) {
			waiting[g.Name] = g
		}
		for _, capability := range missing {
			s.entry(2, plain, "- ", strings.TrimSuffix(capability+": "+waiting[capability].IDs(), ": "))
		}
	}
	if len(other) == 0 {
		return
	}
	s.heading("Not run")
	for _, g := range report.GroupBy(other, report.Record.Reason) {
		s.entry(2, plain, "- ", g.Name+": "+g.IDs())
	}
}

// split tells apart the records that did not run for want of a capability from
// those that did not run for another reason.
func split(records []report.Record) (undeclared, other []report.Record) {
	for _, r := range records {
		switch {
		case r.Unclaimed():
			undeclared = append(undeclared, r)
		case r.Verdict == report.NotRun:
			other = append(other, r)
		}
	}
	return undeclared, other
}

// numbers shows every measured value, with its scenario.
func (s *screen) numbers(r report.Run) {
	first := true
	for _, rec := range r.Records {
		for _, n := range rec.Numbers {
			if first {
				s.heading("Measured")
				first = false
			}
			s.entry(2, plain, rec.ID+": ", n.String())
		}
	}
}
