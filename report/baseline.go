package report

import (
	"fmt"
	"slices"
	"time"
)

// Expected is a failure that is known: of a scenario, or of all that a cause
// explains.
type Expected struct {
	Scenario string `json:"scenario,omitempty"` // its ID
	Cause    string `json:"cause,omitempty"`    // its ID
	Reason   string `json:"reason"`
	// Until is the last day on which the failure is expected, as 2027-03-31.
	Until string `json:"until"`
}

// Baseline is what came of the failures that were expected of a run.
type Baseline struct {
	Known  []Expected `json:"known,omitempty"`  // the failure came
	Passed []Expected `json:"passed,omitempty"` // it did not: the entry must go
	Lapsed []Expected `json:"lapsed,omitempty"` // its last day is over
	Open   []Expected `json:"open,omitempty"`   // this run did not decide it
}

// mapTexts returns a copy with every text changed.
func (b *Baseline) mapTexts(t texts) *Baseline {
	if b == nil {
		return nil
	}
	entry := func(e Expected) Expected {
		t.all(&e.Scenario, &e.Cause, &e.Reason, &e.Until)
		return e
	}
	return &Baseline{each(b.Known, entry), each(b.Passed, entry), each(b.Lapsed, entry), each(b.Open, entry)}
}

// Holds reports whether no entry must go.
func (b *Baseline) Holds() bool { return len(b.Passed)+len(b.Lapsed) == 0 }

// Expecting returns the run with what came of the entries, as of a day. Failures
// that are known no longer fail the run; they stay failures in every report.
func (r Run) Expecting(entries []Expected, today time.Time) Run {
	if len(r.Causes) == 0 {
		r = r.WithCauses()
	}
	b := &Baseline{}
	day := today.Format(time.DateOnly)
	for _, e := range entries {
		switch failed, passed := r.cameOf(e); {
		case e.Until < day:
			b.Lapsed = append(b.Lapsed, e)
		case failed:
			b.Known = append(b.Known, e)
		case passed:
			b.Passed = append(b.Passed, e)
		default:
			b.Open = append(b.Open, e)
		}
	}
	r.Baseline = b
	return r
}

// cameOf reports whether the failure came, and whether the run shows that it did
// not: by the scenario that passed, or by a whole run without the cause.
func (r Run) cameOf(e Expected) (failed, passed bool) {
	if e.Cause != "" {
		failed = slices.ContainsFunc(r.Causes, func(c Cause) bool { return c.ID == e.Cause })
		return failed, !failed && r.Ended == "" && len(r.Omitted) == 0 && len(r.Records) > 0
	}
	for _, rec := range r.Records {
		if rec.ID == e.Scenario {
			return rec.Verdict == Fail, rec.Verdict == Pass
		}
	}
	return false, false
}

// Expected gives the entry that knows of a failed record; false if there is none.
func (r Run) Expected(rec Record) (Expected, bool) {
	if r.Baseline == nil || rec.Verdict != Fail {
		return Expected{}, false
	}
	i := slices.IndexFunc(r.Baseline.Known, func(e Expected) bool {
		return e.Scenario == rec.ID || e.Cause != "" && e.Cause == rec.Cause
	})
	if i < 0 {
		return Expected{}, false
	}
	return r.Baseline.Known[i], true
}

// AsExpected is the conclusion with the failures that are known set aside: what
// decides the exit code. It is nonconformant if an entry of the baseline must
// go, and the run's own conclusion without a baseline.
func (r Run) AsExpected() Conclusion {
	if r.Baseline == nil || r.Conclude() != Nonconformant {
		return r.heldTo(r.Worst())
	}
	rest := r
	rest.Records = slices.DeleteFunc(slices.Clone(r.Records), func(rec Record) bool {
		_, known := r.Expected(rec)
		return known
	})
	without := rest.Conclude()
	if without == Unconcluded && len(rest.Records) < len(r.Records) {
		without = Conformant // all that was played failed as expected
	}
	return r.heldTo(without)
}

// heldTo makes nonconformant what was concluded, if an entry must go.
func (r Run) heldTo(c Conclusion) Conclusion {
	concluded := c != Broken && c != Unconcluded
	if concluded && r.Baseline != nil && !r.Baseline.Holds() {
		return Nonconformant
	}
	return c
}

// About says in words what came of the baseline; empty without one.
func (b *Baseline) About() string {
	if b == nil {
		return ""
	}
	text := fmt.Sprintf("%d known %s", len(b.Known), plural(len(b.Known), "failure"))
	if next := b.next(); next != "" {
		text += ", the first entry ends " + next
	}
	if n := len(b.Passed); n > 0 {
		text += fmt.Sprintf("; %d expected %s no longer there: take it off the list", n, plural(n, "failure"))
	}
	if n := len(b.Lapsed); n > 0 {
		text += fmt.Sprintf("; %d %s lapsed", n, plural(n, "entry"))
	}
	if n := len(b.Open); n > 0 {
		text += fmt.Sprintf("; %d not decided by this run", n)
	}
	return text
}

// next is the day on which the first entry ends that is still needed.
func (b *Baseline) next() string {
	var first string
	for _, e := range b.Known {
		if first == "" || e.Until < first {
			first = e.Until
		}
	}
	return first
}

func plural(n int, word string) string {
	switch {
	case n == 1:
		return word
	case word == "entry":
		return "entries"
	}
	return word + "s"
}
