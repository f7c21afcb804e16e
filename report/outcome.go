package report

import "slices"

// Outcome names what the record says, as Counts does.
func (r Record) Outcome(strict bool) string {
	if r.Warning(strict) {
		return "warning"
	}
	if r.Verdict == NotRun {
		return "not run"
	}
	return r.Verdict.String()
}

// Reason says what decided the verdict, or that the record does not say.
func (r Record) Reason() string { return reason(r.Why) }

// Reason says what decided the conclusion, or that the run does not say.
func (r Run) Reason() string { return reason(r.Why) }

func reason(why string) string {
	if why == "" {
		return "the run gives no reason"
	}
	return why
}

// Unclaimed lists the capabilities that were missed, by the run's own account
// and by its records', sorted.
func (r Run) Unclaimed() []string {
	all := slices.Clone(r.NotClaimed)
	for _, rec := range r.Records {
		if rec.Unclaimed() {
			all = append(all, rec.Undeclared)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// Unclaimed reports whether the record did not run for want of a capability
// that the target does not declare.
func (r Record) Unclaimed() bool { return r.Verdict == NotRun && r.Undeclared != "" }
