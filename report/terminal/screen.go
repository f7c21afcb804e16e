package terminal

import (
	"bufio"
	"io"
	"strings"

	"github.com/mattn/go-runewidth"
	"github.com/revocheck/revocheck/report"
)

// Options say how a report for people looks. The zero value is plain
// text, not wrapped, without the scenarios that passed.
type Options struct {
	Color   bool // use ANSI colours; NO_COLOR is the caller's business
	Width   int  // wrap at so many columns; below 40, do not wrap
	Verbose bool // one line a scenario
}

// colour is an ANSI "select graphic rendition" parameter (ECMA-48, 8.3.117).
type colour string

const (
	plain  colour = ""
	bold   colour = "1"
	red    colour = "31"
	green  colour = "32"
	yellow colour = "33"
)

// least is the width below which wrapping makes text harder to read.
const least = 40

// screen writes lines of text that cannot steer the terminal. Its writer keeps
// the first error, which flush returns.
type screen struct {
	out  *bufio.Writer
	opts Options
}

func newScreen(w io.Writer, opts Options) *screen {
	return &screen{out: bufio.NewWriter(w), opts: opts}
}

func (s *screen) flush() error { return s.out.Flush() }

func (s *screen) blank() { s.out.WriteByte('\n') }

// heading starts a section.
func (s *screen) heading(text string) {
	s.blank()
	s.entry(0, bold, text, "")
}

// entry writes a label in its colour and a text that wraps beside it.
func (s *screen) entry(indent int, c colour, label, text string) {
	label = report.Printable(label)
	s.out.WriteString(strings.Repeat(" ", indent) + s.paint(c, label))
	hang := indent + runewidth.StringWidth(label)
	for i, line := range s.wrap(report.Printable(text), hang) {
		if i > 0 {
			s.out.WriteString("\n" + strings.Repeat(" ", hang))
		}
		s.out.WriteString(line)
	}
	s.blank()
}

// unwrapped writes a line that stays one line, for those who search for it.
func (s *screen) unwrapped(c colour, label, text string) {
	s.out.WriteString(s.paint(c, report.Printable(label)) + report.Printable(text) + "\n")
}

// field writes a named text, unless it is empty.
func (s *screen) field(name, text string) {
	if text != "" {
		s.entry(2, plain, pad(name, 13), text)
	}
}

func (s *screen) paint(c colour, text string) string {
	if !s.opts.Color || c == plain || text == "" {
		return text
	}
	return "\x1b[" + string(c) + "m" + text + "\x1b[0m"
}

// wrap breaks the text at spaces so that it fits beside what hangs before it.
func (s *screen) wrap(text string, hang int) []string {
	room := s.opts.Width - hang
	if s.opts.Width < least || room < least/2 || runewidth.StringWidth(text) <= room {
		return []string{text}
	}
	var lines []string
	for word := range strings.FieldsSeq(text) {
		last := len(lines) - 1
		if last >= 0 && runewidth.StringWidth(lines[last]+" "+word) <= room {
			lines[last] += " " + word
			continue
		}
		lines = append(lines, word)
	}
	return lines
}

// pad fills the text with spaces up to a width in columns, and always ends it
// with one.
func pad(text string, width int) string {
	return text + strings.Repeat(" ", max(1, width-runewidth.StringWidth(text)))
}
