package terminal

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/revocheck/revocheck/report"
)

// Write renders the run for people: a line a group, every failure in
// full, then what was weaker than a failure, what was not decided and why, what
// was measured, and the conclusion as the last line. Text from the run cannot
// steer the terminal. The error is the writer's.
func Write(w io.Writer, r report.Run, opts Options) error {
	r = r.AsStored()
	s := newScreen(w, opts)
	s.subject(r)
	s.groups(r)
	s.failures(r)
	s.weaker(r)
	s.undecided(r)
	s.notRun(r)
	s.numbers(r)
	s.list("Observed of the target", observed(r))
	if r.Ended != "" {
		s.list("Ended early", []string{r.Ended})
	}
	s.list("Gaps", r.Gaps)
	s.list("Left out by the selection", omitted(r, opts.Verbose))
	s.list("Notes", notesOf(r, opts.Verbose))
	s.conclusion(r)
	return s.flush()
}

func (s *screen) subject(r report.Run) {
	tool := strings.TrimSpace(r.Tool.Name + " " + r.Tool.Version)
	s.entry(0, bold, tool, fmt.Sprintf(": %s (%s), profile %s, seed %d", r.Subject.Name, r.Subject.Kind, r.Profile, r.Seed))
	if len(r.Subject.Endpoints) > 0 {
		s.entry(2, plain, "", strings.Join(r.Subject.Endpoints, ", "))
	}
	if details := r.Subject.DetailList(); len(details) > 0 {
		s.entry(2, plain, "", strings.Join(details, ", "))
	}
}

func (s *screen) groups(r report.Run) {
	if len(r.Records) > 0 {
		s.blank()
	}
	for _, g := range r.Groups() {
		c := report.Count(g.Records, r.Strict)
		s.entry(0, countsColour(c), pad(g.Name, 13), c.String())
		for _, rec := range g.Records {
			s.scenario(rec, r.Strict)
		}
	}
}

// countsColour is that of the worst that was counted.
func countsColour(c report.Counts) colour {
	switch {
	case c.Failed+c.Errors > 0:
		return red
	case c.Warnings+c.Inconclusive > 0:
		return yellow
	case c.Passed > 0:
		return green
	}
	return plain
}

func (s *screen) scenario(r report.Record, strict bool) {
	if !s.opts.Verbose {
		return
	}
	c := report.Count([]report.Record{r}, strict)
	text := r.ID + ": " + r.Title
	if r.Verdict != report.NotRun {
		text += " (" + r.Duration.String() + ")"
	}
	s.entry(2, countsColour(c), pad(r.Outcome(strict), 13), text)
}

// list writes a section of texts, unless there are none.
func (s *screen) list(title string, texts []string) {
	if len(texts) == 0 {
		return
	}
	s.heading(title)
	for _, t := range texts {
		s.entry(2, plain, "- ", t)
	}
}

// observed lists what the records learned of the target.
func observed(r report.Run) []string {
	var all []string
	for _, rec := range r.Records {
		for _, o := range rec.Observed {
			all = append(all, rec.ID+": "+o)
		}
	}
	return all
}

// omitted lists what a selection left out: all of it in the verbose form, else
// how much.
func omitted(r report.Run, verbose bool) []string {
	if n := len(r.Omitted); n > few && !verbose {
		return []string{fmt.Sprintf("%d scenarios that bind the target: --verbose lists them", n)}
	}
	return r.Omitted
}

// few are as many as are read without being asked for.
const few = 5

// notesOf lists the run's notes, then those of its records: all of them in
// the verbose form, else how many there are.
func notesOf(r report.Run, verbose bool) []string {
	notes := slices.Clone(r.Notes)
	folded := 0
	for _, rec := range r.Records {
		if !verbose && rec.Verdict == report.Pass {
			folded += len(rec.Notes)
			continue
		}
		for _, n := range rec.Notes {
			notes = append(notes, rec.ID+": "+n)
		}
	}
	if folded > 0 {
		notes = append(notes, fmt.Sprintf("%d more notes on scenarios that passed: --verbose shows them", folded))
	}
	return notes
}

func (s *screen) conclusion(r report.Run) {
	s.blank()
	worst := r.Worst()
	if r.Why != "" && worst != report.Conformant {
		s.entry(0, plain, "", r.Why)
	}
	if worst != r.Conclusion {
		s.entry(0, red, "", fmt.Sprintf("The run calls itself %s; its records say %s.", r.Conclusion, r.Conclude()))
	}
	if len(r.Records) == 0 {
		s.entry(0, plain, "", "Nothing was tested: no scenario ran.")
	}
	s.unwrapped(conclusionColour(worst), worst.String(), ": "+summary(r))
}

func conclusionColour(c report.Conclusion) colour {
	switch c {
	case report.Conformant:
		return green
	case report.Partial:
		return yellow
	}
	return red
}

// summary gives the counts, what is not claimed and how long the run took.
func summary(r report.Run) string {
	text := report.Count(r.Records, r.Strict).String()
	if missing := r.Unclaimed(); len(missing) > 0 {
		text += " (not claimed: " + strings.Join(missing, ", ") + ")"
	}
	return text + " in " + r.Duration.String()
}
