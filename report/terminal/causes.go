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
	room := roomFor(len(r.Causes))
	s.headed(s.causeColour(c), fmt.Sprintf("%d. %s%s", n, kind, c.Title), fmt.Sprintf("%d %s", len(c.Scenarios), summary.Plural(len(c.Scenarios), "scenario")), room.title)
	s.seen(c.Seen, room.seen)
	s.brief("risk", room.risk, c.Risk)
	s.brief("fix", room.fix, c.Fix)
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

// room is how many lines the parts of a cause have.
type room struct{ title, seen, risk, fix int }

// roomFor parts the first screen among so many causes.
func roomFor(causes int) room {
	switch {
	case causes == 1:
		return room{title: 2, seen: 6, risk: 2, fix: 4}
	case causes < mostInFull:
		return room{title: 2, seen: 3, risk: 1, fix: 3}
	}
	return room{title: 1, seen: 3, risk: 1, fix: 2}
}

// roomy reports whether the causes leave room on the first screen.
func roomy(r report.Run) bool { return len(r.Causes) < mostInFull }

// seen shows the evidence on so many lines.
func (s *screen) seen(texts []string, room int) {
	label := "seen"
	for i, text := range texts {
		if room == 0 {
			return
		}
		before := s.lines
		s.brief(label, max(1, room-(len(texts)-1-i)), text)
		label, room = "", room-(s.lines-before)
	}
}

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

// headed writes a title on so many lines at most, and at the right edge of the
// first how many scenarios it explains.
func (s *screen) headed(c colour, title, count string, lines int) {
	title = report.Printable(title)
	if s.opts.Width < least {
		s.unwrapped(c, title, "   "+count)
		return
	}
	room := s.opts.Width - runewidth.StringWidth(count) - 2
	first, rest := title, ""
	if lines > 1 && runewidth.StringWidth(title) > room {
		if i := strings.LastIndexByte(runewidth.Truncate(title, room+1, ""), ' '); i > 0 {
			first, rest = title[:i], title[i+1:]
		}
	}
	s.unwrapped(c, runewidth.FillRight(runewidth.Truncate(first, room, "…"), room), "  "+count)
	if rest != "" {
		s.unwrapped(c, "   "+runewidth.Truncate(rest, s.opts.Width-3, "…"), "")
	}
}

// brief writes a named text on so many lines at most, unless it is empty.
func (s *screen) brief(name string, lines int, text string) {
	if text != "" {
		s.most(lines, 3, plain, pad(name, 7), text)
	}
}
