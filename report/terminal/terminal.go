package terminal

import (
	"fmt"
	"io"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/report/latency"
	"github.com/revocheck/revocheck/report/summary"
)

// screenful is how many lines the first screen has at most.
const screenful = 40

// Write renders the run for people on one screen: the conclusion, the causes of
// the failures, what was not decided. With Verbose all else follows, with Quiet
// the conclusion stands alone. Text from the run cannot steer the terminal. The
// error is the writer's.
func Write(w io.Writer, r report.Run, opts Options) error {
	r = r.AsStored()
	s := newScreen(w, opts)
	s.headline(r)
	if opts.Quiet {
		return s.flush()
	}
	s.summary(r)
	s.worst(r)
	end := s.aside(func(s *screen) { s.open(r); s.hints(r) })
	s.others(r, screenful-s.lines-end.lines)
	s.append(end)
	if opts.Verbose {
		s.blank()
		s.details(r)
	}
	return s.flush()
}

// headline is the conclusion, with the counts and how long the run took.
func (s *screen) headline(r report.Run) {
	worst := r.Worst()
	s.most(2, 0, conclusionColour(worst), summary.Headline(r)+"  ", summary.Counts(r)+"   "+r.Duration.String())
}

// summary says what was tested.
func (s *screen) summary(r report.Run) {
	lines := 1
	if roomy(r) {
		lines = 2
	}
	s.most(lines, 0, plain, "", summary.Subject(r))
	if line := latency.Line(r); line != "" {
		s.most(1, 0, plain, "", line)
	}
	if worst := r.Worst(); worst != r.Conclusion {
		s.most(1, 0, red, "", fmt.Sprintf("The run calls itself %s; its records say %s.", r.Conclusion, r.Conclude()))
	}
	if left := summary.LeftOut(r); left != "" {
		s.most(1, 0, plain, "", left)
	}
	if len(r.Records) == 0 {
		s.most(1, 0, plain, "", "Nothing was tested: no scenario ran.")
	}
}

// mostOpen is how many lines say what was not decided.
const mostOpen = 3

// open says what keeps the run from being decided, by reason.
func (s *screen) open(r report.Run) {
	var lines []string
	for _, line := range summary.Open(r) {
		if len(line.Records) > 0 {
			line.Text = scenarios(line.Records) + ": " + line.Text
		}
		lines = append(lines, line.Text)
	}
	if len(lines) > 0 {
		s.blank()
	}
	label := "not decided"
	for i, text := range lines {
		if i == mostOpen-1 && len(lines) > mostOpen {
			text, lines = fmt.Sprintf("%d more", len(lines)-i), lines[:mostOpen]
		}
		s.most(1, 0, yellow, pad(label, 13), text)
		if label = ""; i+1 == len(lines) {
			return
		}
	}
}

// scenarios names the scenario, or the first of several and how many more.
func scenarios(records []report.Record) string {
	if more := len(records) - 1; more > 0 {
		return fmt.Sprintf("%s and %d more", records[0].ID, more)
	}
	return records[0].ID
}

// hints say what could have been missed, and where the rest is to be seen.
func (s *screen) hints(r report.Run) {
	s.blank()
	if rates := summary.Missed(r); rates != "" {
		lines := 1
		if len(r.Causes) <= 1 {
			lines = 2
		}
		s.most(lines, 0, plain, "", "Could have missed: "+rates)
	}
	if missing := summary.NotClaimed(r); len(missing) > 0 && len(r.Causes) == 0 {
		s.most(4, 0, plain, "", "Not claimed: "+summary.Texts(missing))
	}
	switch {
	case s.opts.Verbose:
	case s.opts.File != "":
		s.unwrapped(plain, "", fmt.Sprintf("Details: revocheck report %s --only ID, or --verbose", s.opts.File))
	default:
		s.unwrapped(plain, "", "Details: --verbose, or --json FILE and then revocheck report FILE --only ID")
	}
}
