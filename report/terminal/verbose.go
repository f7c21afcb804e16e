package terminal

import (
	"fmt"
	"slices"
	"strings"

	"github.com/revocheck/revocheck/report"
)

// details shows all that a run holds: a line a scenario, every failure in full,
// then what was weaker than a failure, what was not decided and why, and what
// was measured.
func (s *screen) details(r report.Run) {
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
	s.list("Left out by the selection", r.Omitted)
	s.list("Left out by the profile", r.LeftOut)
	s.list("Notes", notesOf(r))
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

// notesOf lists the run's notes, then those of its records.
func notesOf(r report.Run) []string {
	notes := slices.Clone(r.Notes)
	for _, rec := range r.Records {
		for _, n := range rec.Notes {
			notes = append(notes, rec.ID+": "+n)
		}
	}
	return notes
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
