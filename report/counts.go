package report

import (
	"fmt"
	"slices"
	"strings"
)

// Counts are the records of a run, or of one group of it, by what they say.
// Every record is in exactly one of them.
type Counts struct {
	Passed       int `json:"passed"`
	Failed       int `json:"failed"`
	Warnings     int `json:"warnings"` // a failed should or may, unless strict
	Inconclusive int `json:"inconclusive"`
	Errors       int `json:"errors"` // and what was left undecided
	NotRun       int `json:"not_run"`
}

// Count counts the records.
func Count(records []Record, strict bool) Counts {
	var c Counts
	for _, r := range records {
		*c.of(r, strict)++
	}
	return c
}

func (c *Counts) of(r Record, strict bool) *int {
	switch {
	case r.Warning(strict):
		return &c.Warnings
	case r.Verdict == Pass:
		return &c.Passed
	case r.Verdict == Fail:
		return &c.Failed
	case r.Verdict == Inconclusive:
		return &c.Inconclusive
	case r.Verdict == NotRun:
		return &c.NotRun
	}
	return &c.Errors
}

// String says what passed and failed, and the others where there are any.
func (c Counts) String() string {
	parts := []string{fmt.Sprintf("%d passed", c.Passed), fmt.Sprintf("%d failed", c.Failed)}
	add := func(n int, one, many string) {
		if n == 1 {
			parts = append(parts, "1 "+one)
		} else if n > 1 {
			parts = append(parts, fmt.Sprintf("%d %s", n, many))
		}
	}
	add(c.Warnings, "warning", "warnings")
	add(c.Inconclusive, "inconclusive", "inconclusive")
	add(c.Errors, "error", "errors")
	add(c.NotRun, "not run", "not run")
	return strings.Join(parts, ", ")
}

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

const undeclared = "not claimed: "

// NotClaimed is the Why of a record that did not run for want of what a target
// comes to have in that way.
func NotClaimed(how string) string { return undeclared + how }

// Showed is what the run showed the target to lack, though nothing that it
// declares says so; empty if its declaration does.
func (r Record) Showed() string {
	if !r.Unclaimed() || strings.HasPrefix(r.Why, undeclared) {
		return ""
	}
	return r.Why
}
