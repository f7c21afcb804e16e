package report

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// weaker shows failed shoulds and mays, in full: someone has to mend them too.
func (s *screen) weaker(r Run) {
	for _, rec := range r.Records {
		if rec.Warning(r.Strict) {
			s.blank()
			s.entry(0, yellow, "WARNING ", fmt.Sprintf("%s: %s (%s)", rec.ID, rec.Title, rec.Level))
			s.evidence(rec)
		}
	}
}

// undecided shows what said nothing of the target, and the step that broke off.
func (s *screen) undecided(r Run) {
	for _, rec := range r.Records {
		switch rec.Verdict {
		case Pass, Fail, NotRun:
			continue
		case Inconclusive:
			s.blank()
			s.entry(0, yellow, "INCONCLUSIVE ", rec.ID+": "+rec.Title)
		default:
			s.blank()
			s.entry(0, red, strings.ToUpper(rec.Verdict.String())+" ", rec.ID+": "+rec.Title)
		}
		s.failedStep(rec)
		s.why(rec)
		s.field("fix", rec.Fix)
	}
}

// notRun lists what did not run, by reason: first what the target does not
// claim, then everything else.
func (s *screen) notRun(r Run) {
	undeclared, other := split(r.Records)
	if missing := notClaimed(r); len(missing) > 0 {
		s.heading("Not claimed: the target does not declare what these scenarios need")
		for _, capability := range missing {
			waiting := group{records: needing(undeclared, capability)}
			s.entry(2, plain, "- ", strings.TrimSuffix(capability+": "+waiting.ids(), ": "))
		}
	}
	if len(other) == 0 {
		return
	}
	s.heading("Not run")
	for _, g := range gather(other, func(r Record) string { return r.Why }) {
		s.entry(2, plain, "- ", reason(g.name)+": "+g.ids())
	}
}

func reason(why string) string {
	if why == "" {
		return "the run gives no reason"
	}
	return why
}

// split tells apart the records that did not run for want of a capability from
// those that did not run for another reason.
func split(records []Record) (undeclared, other []Record) {
	for _, r := range records {
		switch {
		case r.Verdict != NotRun:
		case r.Undeclared != "":
			undeclared = append(undeclared, r)
		default:
			other = append(other, r)
		}
	}
	return undeclared, other
}

// notClaimed lists the capabilities that were missed, by the run's own account
// and by its records'.
func notClaimed(r Run) []string {
	all := slices.Clone(r.NotClaimed)
	undeclared, _ := split(r.Records)
	for _, rec := range undeclared {
		all = append(all, rec.Undeclared)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func needing(records []Record, capability string) []Record {
	return slices.DeleteFunc(slices.Clone(records), func(r Record) bool { return r.Undeclared != capability })
}

// numbers shows every measured value, with its scenario.
func (s *screen) numbers(r Run) {
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

// String renders the number with its name, unit and note.
func (n Number) String() string {
	text := n.Name + " " + figure(n.Value)
	if n.Unit != "" && n.Unit != "1" {
		text += " " + n.Unit
	}
	if n.Note != "" {
		text += " (" + n.Note + ")"
	}
	return text
}

// figure renders a value with four digits, and large ones without an exponent.
func figure(v float64) string {
	if math.Abs(v) >= 1000 && math.Abs(v) < 1e15 {
		return strconv.FormatFloat(v, 'f', 0, 64)
	}
	return strconv.FormatFloat(v, 'g', 4, 64)
}
