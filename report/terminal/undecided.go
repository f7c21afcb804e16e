package terminal

import (
	"fmt"
	"strings"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/report/summary"
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
	if claims := summary.NotClaimed(r); len(claims) > 0 {
		s.heading("Not claimed: not declared, or seen to be missing")
		for _, c := range claims {
			s.entry(2, plain, "- ", strings.TrimSuffix(c.Text+": "+report.Group{Records: c.Records}.IDs(), ": "))
		}
	}
	other := summary.NotRun(r.Records)
	if len(other) == 0 {
		return
	}
	s.heading("Not run")
	for _, g := range report.GroupBy(other, report.Record.Reason) {
		s.entry(2, plain, "- ", g.Name+": "+g.IDs())
	}
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
