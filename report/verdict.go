package report

import (
	"fmt"
	"slices"
)

// Verdict is what one scenario says of the target.
type Verdict int

// The verdicts. The zero value means that nothing was decided; it is never a
// pass.
const (
	Undecided Verdict = iota
	Pass
	Fail
	Inconclusive // the answer says nothing about revocation
	Error        // the harness is wrong
	NotRun
)

var verdictNames = []string{"undecided", "pass", "fail", "inconclusive", "error", "notrun"}

func (v Verdict) String() string { return nameOf(verdictNames, int(v)) }

// MarshalText renders the verdict's name.
func (v Verdict) MarshalText() ([]byte, error) { return []byte(v.String()), nil }

// UnmarshalText reads a verdict's name and refuses any other text.
func (v *Verdict) UnmarshalText(b []byte) error {
	return parseName(verdictNames, b, (*int)(v), "verdict")
}

// Level is how much a scenario's requirement binds, in the words of RFC 2119.
type Level int

// The levels.
const (
	Must Level = iota
	Should
	May
)

var levelNames = []string{"must", "should", "may"}

func (l Level) String() string { return nameOf(levelNames, int(l)) }

// MarshalText renders the level's name.
func (l Level) MarshalText() ([]byte, error) { return []byte(l.String()), nil }

// UnmarshalText reads a level's name and refuses any other text.
func (l *Level) UnmarshalText(b []byte) error { return parseName(levelNames, b, (*int)(l), "level") }

// Conclusion is what a whole run says of the target: the worst that holds.
type Conclusion int

// The conclusions, worst last. The zero value means that nothing was
// concluded; it is never conformance.
const (
	Unconcluded Conclusion = iota
	Conformant
	Partial
	Broken // the harness or the link to the target failed: "error"
	Nonconformant
)

var conclusionNames = []string{"unconcluded", "conformant", "partial", "error", "nonconformant"}

func (c Conclusion) String() string { return nameOf(conclusionNames, int(c)) }

// MarshalText renders the conclusion's name.
func (c Conclusion) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// UnmarshalText reads a conclusion's name and refuses any other text.
func (c *Conclusion) UnmarshalText(b []byte) error {
	return parseName(conclusionNames, b, (*int)(c), "conclusion")
}

// Conclude returns the worst conclusion that the records support. A run of no
// records is unconcluded: nothing tested is nothing proved. With strict, a
// failed should or may counts like a failed must.
func Conclude(records []Record, strict bool) Conclusion {
	worst := Unconcluded
	for _, r := range records {
		worst = max(worst, r.conclusion(strict))
	}
	return worst
}

// Conclude returns the worst conclusion that the run's records and gaps
// support. One that ended before its first record is an error, and one that
// ended early is no more than partial.
func (r Run) Conclude() Conclusion {
	c := Conclude(r.Records, r.Strict)
	switch {
	case c == Unconcluded && r.Ended != "":
		return Broken
	case c == Conformant && (len(r.Gaps)+len(r.Omitted) > 0 || r.Ended != ""):
		return Partial
	}
	return c
}

// Concluded is the conclusion in words: with the profile, where that leaves
// something without proof, and with what.
func (r Run) Concluded() string {
	worst := r.Worst()
	switch {
	case worst == Nonconformant && r.Baseline != nil && r.AsExpected() != Nonconformant:
		return fmt.Sprintf("%s as expected (%s)", worst, r.Baseline.About())
	case r.Baseline != nil && !r.Baseline.Holds():
		return fmt.Sprintf("%s, and not as expected (%s)", worst, r.Baseline.About())
	case r.Unproven == "":
		return worst.String()
	case worst != Conformant:
		return fmt.Sprintf("%s (%s)", worst, r.Profile)
	}
	return fmt.Sprintf("%s (%s: not a proof of %s)", worst, r.Profile, r.Unproven)
}

func (r Record) conclusion(strict bool) Conclusion {
	switch {
	case r.Verdict == Fail && !r.Warning(strict):
		return Nonconformant
	case r.Verdict == Error || r.Verdict == Undecided:
		return Broken
	case r.LeavesGap():
		return Partial
	}
	return Conformant
}

// LeavesGap reports whether a must that the target is bound by, because it is
// core or because the target declares what it needs, was not decided.
func (r Record) LeavesGap() bool {
	if r.Level != Must {
		return false
	}
	return r.Verdict == Inconclusive || r.Verdict == NotRun && (r.Core || r.Undeclared == "")
}

// Warning reports whether the record is a failed should or may: not a failure
// of the run unless it is strict. A leak that was seen is one whatever the level.
func (r Record) Warning(strict bool) bool {
	return r.Verdict == Fail && r.Level != Must && !r.Leak && !strict
}

func nameOf(names []string, i int) string {
	if i < 0 || i >= len(names) {
		return fmt.Sprintf("unknown(%d)", i)
	}
	return names[i]
}

func parseName(names []string, text []byte, into *int, kind string) error {
	i := slices.Index(names, string(text))
	if i < 0 {
		return fmt.Errorf("%q is not a %s (one of %v)", text, kind, names)
	}
	*into = i
	return nil
}

// The exit codes of a run. Code 2, for wrong usage, is not decided by a run.
const (
	ExitConformant    = 0
	ExitNonconformant = 1
	ExitBroken        = 3
	ExitPartial       = 4
)

// Worst returns the worse of what the run says of itself and what its records
// support, so that no writer shows a run as better than its evidence. A run
// that one of the two leaves unconcluded is not conformant.
func (r Run) Worst() Conclusion {
	derived := r.Conclude()
	if min(r.Conclusion, derived) == Unconcluded && max(r.Conclusion, derived) <= Partial {
		return Unconcluded
	}
	return max(r.Conclusion, derived)
}

// ExitCode returns the exit code that scripts and CI depend on: 0 conformant,
// 1 nonconformant, 3 when the harness broke or nothing was concluded, 4 partial
// or 0 if the caller allows that and the run did not end early. Failures that a
// baseline expects do not count, and entries of it that must go do.
func ExitCode(r Run, allowPartial bool) int {
	switch r.AsExpected() {
	case Conformant:
		return ExitConformant
	case Nonconformant:
		return ExitNonconformant
	case Partial:
		if allowPartial && r.Ended == "" {
			return ExitConformant
		}
		return ExitPartial
	}
	return ExitBroken
}
