package report

import (
	"fmt"
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
