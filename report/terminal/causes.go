package terminal

import (
	"fmt"
	"strings"

	"github.com/mattn/go-runewidth"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/report/summary"
)

// mostInFull is how many causes are shown with their evidence.
const mostInFull = 3

// worst shows the worst causes in full.
func (s *screen) worst(r report.Run) {
	for i, c := range r.Causes[:min(len(r.Causes), mostInFull)] {
		s.blank()
		s.cause(i+1, c, r)
	}
}

// others has a line for each cause after the worst ones, as far as there is
// room, and then says how many more there are.
func (s *screen) others(r report.Run, room int) {
	for i := mostInFull; i < len(r.Causes); i++ {
		if left := len(r.Causes) - i; left > 1 && i-mostInFull == room-1 {
			s.most(1, 0, plain, "", fmt.Sprintf("%d more in %s", left, s.file()))
			return
		}
		c := r.Causes[i]
		s.most(1, 0, s.causeColour(c), fmt.Sprintf("%d. ", i+1), c.Title+": "+c.First())
	}
}

func (s *screen) file() string {
	if s.opts.File == "" {
		return "--verbose"
	}
	return s.opts.File
}

func (s *screen) causeColour(c report.Cause) colour {
	if c.Warning {
		return yellow
	}
	return red
}

func (s *screen) cause(n int, c report.Cause, r report.Run) {
	kind := ""
	if c.Warning {
		kind = "warning: "
	}
	s.headed(s.causeColour(c), fmt.Sprintf("%d. %s%s", n, kind, c.Title), fmt.Sprintf("%d %s", len(c.Scenarios), summary.Plural(len(c.Scenarios), "scenario")))
	s.seen(c.Seen)
	s.brief("risk", 1, c.Risk)
	s.brief("fix", 2, c.Fix)
	s.brief("first", 1, c.First())
	also, unreached := alsoOf(c, r)
	if !roomy(r) {
		s.brief("also", 1, also)
		return
	}
	s.brief("also", 2, also)
	if unreached {
		s.brief("", 1, "their own requirements were not reached: run again after the fix")
	}
}

// roomy reports whether the causes leave room on the first screen.
func roomy(r report.Run) bool { return len(r.Causes) < mostInFull }

// seen shows the evidence on mostSeen lines.
func (s *screen) seen(texts []string) {
	label, room := "seen", mostSeen
	for i, text := range texts {
		if room == 0 {
			return
		}
		before := s.lines
		s.brief(label, max(1, room-(len(texts)-1-i)), text)
		label, room = "", room-(s.lines-before)
	}
}

// mostSeen is how many lines of evidence are shown of a cause.
const mostSeen = 3

// alsoOf counts by group what else the cause explains, and says whether some of
// it did not reach its own requirement.
func alsoOf(c report.Cause, r report.Run) (also string, unreached bool) {
	others, n := summary.Others(r, c)
	unreached = n > 0
	if len(others) <= 2 {
		return report.Group{Records: others}.IDs(), unreached
	}
	var parts []string
	for _, g := range (report.Run{Records: others}).Groups() {
		parts = append(parts, fmt.Sprintf("%s %d", g.Name, len(g.Records)))
	}
	return strings.Join(parts, ", "), unreached
}

// headed writes a title, and at the right edge how many scenarios it explains.
func (s *screen) headed(c colour, title, count string) {
	title = report.Printable(title)
	if s.opts.Width < least {
		s.unwrapped(c, title, "   "+count)
		return
	}
	room := s.opts.Width - runewidth.StringWidth(count) - 2
	s.unwrapped(c, runewidth.FillRight(runewidth.Truncate(title, room, "…"), room), "  "+count)
}

// brief writes a named text on so many lines at most, unless it is empty.
func (s *screen) brief(name string, lines int, text string) {
	if text != "" {
		s.most(lines, 3, plain, pad(name, 7), text)
	}
}
