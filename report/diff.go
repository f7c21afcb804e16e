package report

import (
	"fmt"
	"io"
	"strings"
)

// Difference is what changed between two runs.
type Difference struct {
	Old     Conclusion `json:"old"`
	New     Conclusion `json:"new"`
	Changes []Change   `json:"changes"`
	// Notes say what else differs between the runs and may explain a change,
	// such as another subject.
	Notes []string `json:"notes,omitempty"`
}

// Change is one scenario with another verdict than before.
type Change struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	Kind  Kind   `json:"kind"`
	// Old is undecided if the scenario appeared, New if it vanished.
	Old Verdict `json:"old"`
	New Verdict `json:"new"`
	Why string  `json:"why,omitempty"` // of the new run
	// Worse is set if a pass was lost, or a failure that counts was found.
	Worse bool `json:"worse"`
}

// Kind is what happened to a scenario between two runs.
type Kind string

// The kinds of change.
const (
	Changed  Kind = "changed"
	Appeared Kind = "appeared"
	Vanished Kind = "vanished"
)

// Diff compares two runs: first what the new one has, in its order, then what
// vanished.
func Diff(before, after Run) Difference {
	before, after = before.AsStored(), after.AsStored()
	d := Difference{Old: before.Worst(), New: after.Worst(), Changes: []Change{}, Notes: unlike(before, after)}
	was, is := byID(before.Records), byID(after.Records)
	for _, r := range after.Records {
		if old, known := was[r.ID]; !known {
			d.Changes = append(d.Changes, appeared(r, after.Strict))
		} else if old.Verdict != r.Verdict {
			d.Changes = append(d.Changes, changed(old, r, after.Strict))
		}
	}
	for _, r := range before.Records {
		if _, known := is[r.ID]; !known {
			d.Changes = append(d.Changes, vanished(r))
		}
	}
	return d
}

func appeared(r Record, strict bool) Change {
	return Change{ID: r.ID, Title: r.Title, Kind: Appeared, New: r.Verdict, Why: r.Why,
		Worse: r.conclusion(strict) == Nonconformant}
}

func changed(old, r Record, strict bool) Change {
	return Change{ID: r.ID, Title: r.Title, Kind: Changed, Old: old.Verdict, New: r.Verdict, Why: r.Why,
		Worse: old.Verdict == Pass || r.conclusion(strict) == Nonconformant}
}

func vanished(r Record) Change {
	return Change{ID: r.ID, Title: r.Title, Kind: Vanished, Old: r.Verdict, Worse: r.Verdict == Pass}
}

func byID(records []Record) map[string]Record {
	all := make(map[string]Record, len(records))
	for _, r := range records {
		all[r.ID] = r
	}
	return all
}

// unlike lists how the runs differ apart from their verdicts.
func unlike(a, b Run) []string {
	var notes []string
	for _, f := range identity {
		if f.of(a) != f.of(b) {
			notes = append(notes, fmt.Sprintf("the %s differs: %s, then %s", f.name, f.of(a), f.of(b)))
		}
	}
	return notes
}

// Worse reports whether the new run is worse than the old one: in its
// conclusion or in any scenario.
func (d Difference) Worse() bool {
	if rank(d.New) > rank(d.Old) {
		return true
	}
	for _, c := range d.Changes {
		if c.Worse {
			return true
		}
	}
	return false
}

// rank orders conclusions from best to worst; nothing concluded is as bad as a
// broken harness.
func rank(c Conclusion) Conclusion {
	if c == Unconcluded {
		return Broken
	}
	return c
}

// ExitCode is 1 if the new run is worse, else 0.
func (d Difference) ExitCode() int {
	if d.Worse() {
		return ExitNonconformant
	}
	return ExitConformant
}

// String says what happened, and why if the new run says so.
func (c Change) String() string {
	text := fmt.Sprintf("%s, then %s", c.Old, c.New)
	switch c.Kind {
	case Appeared:
		text = "new: " + c.New.String()
	case Vanished:
		text = "gone; it was " + c.Old.String()
	}
	return strings.TrimSuffix(text+" ("+c.Why+")", " ()")
}

// WriteJSON renders the difference as one JSON document.
func (d Difference) WriteJSON(w io.Writer) error { return writeJSON(w, d) }
