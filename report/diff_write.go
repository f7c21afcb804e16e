package report

import (
	"fmt"
	"io"
	"strings"
)

// WriteJSON renders the difference as one JSON document.
func (d Difference) WriteJSON(w io.Writer) error { return writeJSON(w, d) }

// WriteTerminal renders the difference for people, what is worse first; the
// last line says which way it went.
func (d Difference) WriteTerminal(w io.Writer, opts TerminalOptions) error {
	s := newScreen(w, opts)
	for _, n := range d.Notes {
		s.entry(0, yellow, "note: ", n)
	}
	worse := d.part(true)
	s.changes("Worse", red, worse)
	rest := d.part(false)
	s.changes("Other changes", plain, rest)
	if len(d.Notes)+len(d.Changes) > 0 {
		s.blank()
	}
	s.unwrapped(plain, "", fmt.Sprintf("%s, then %s: %d worse, %d other %s",
		d.Old, d.New, len(worse), len(rest), plural(len(rest), "change")))
	return s.flush()
}

func (d Difference) part(worse bool) []Change {
	var part []Change
	for _, c := range d.Changes {
		if c.Worse == worse {
			part = append(part, c)
		}
	}
	return part
}

func (s *screen) changes(title string, c colour, changes []Change) {
	if len(changes) == 0 {
		return
	}
	s.heading(title)
	for _, ch := range changes {
		s.entry(2, c, ch.ID+": ", ch.String())
	}
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

func plural(n int, noun string) string {
	if n == 1 {
		return noun
	}
	return noun + "s"
}
