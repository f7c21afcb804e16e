package terminal

import (
	"fmt"
	"io"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/report/summary"
)

// WriteDiff renders the difference for people, what is worse first; the
// last line says which way it went.
func WriteDiff(w io.Writer, d report.Difference, opts Options) error {
	s := newScreen(w, opts)
	for _, n := range d.Notes {
		s.entry(0, yellow, "note: ", n)
	}
	worse := part(d, true)
	s.changes("Worse", red, worse)
	rest := part(d, false)
	s.changes("Other changes", plain, rest)
	if len(d.Notes)+len(d.Changes) > 0 {
		s.blank()
	}
	s.unwrapped(plain, "", fmt.Sprintf("%s, then %s: %d worse, %d other %s",
		d.Old, d.New, len(worse), len(rest), summary.Plural(len(rest), "change")))
	return s.flush()
}

func part(d report.Difference, worse bool) []report.Change {
	var part []report.Change
	for _, c := range d.Changes {
		if c.Worse == worse {
			part = append(part, c)
		}
	}
	return part
}

func (s *screen) changes(title string, c colour, changes []report.Change) {
	if len(changes) == 0 {
		return
	}
	s.heading(title)
	for _, ch := range changes {
		s.entry(2, c, ch.ID+": ", ch.String())
	}
}
