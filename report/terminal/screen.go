package terminal

import (
	"bufio"
	"io"
	"math"
	"strings"

	"github.com/mattn/go-runewidth"
	"github.com/revocheck/revocheck/report"
)

// Options say how a report for people looks. The zero value is plain
// text, not wrapped, without the scenarios that passed.
type Options struct {
	Color   bool   // use ANSI colours; NO_COLOR is the caller's business
	Width   int    // wrap at so many columns; below 40, do not wrap
	Verbose bool   // all that the run holds, after the first screen
	Quiet   bool   // the conclusion alone
	File    string // where the run is stored as JSON, if it is
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
	out   *bufio.Writer
	opts  Options
	lines int // written so far
}

func newScreen(w io.Writer, opts Options) *screen {
	return &screen{out: bufio.NewWriter(w), opts: opts}
}

func (s *screen) flush() error { return s.out.Flush() }

func (s *screen) blank() {
	s.out.WriteByte('\n')
	s.lines++
}

// aside is what write shows, for later.
func (s *screen) aside(write func(*screen)) aside {
	var text strings.Builder
	p := newScreen(&text, s.opts)
	write(p)
	_ = p.flush() // a strings.Builder takes everything
	return aside{text.String(), p.lines}
}

type aside struct {
	text  string
	lines int
}

func (s *screen) append(p aside) {
	s.out.WriteString(p.text)
	s.lines += p.lines
}

// heading starts a section.
func (s *screen) heading(text string) {
	s.blank()
	s.entry(0, bold, text, "")
}

// entry writes a label in its colour and a text that wraps beside it.
func (s *screen) entry(indent int, c colour, label, text string) {
	s.most(math.MaxInt, indent, c, label, text)
}

// most is entry with a text of so many lines at most; the last one says that
// there was more.
func (s *screen) most(lines, indent int, c colour, label, text string) {
	label = report.Printable(label)
	s.out.WriteString(strings.Repeat(" ", indent) + s.paint(c, label))
	hang := indent + runewidth.StringWidth(label)
	all := s.wrap(report.Printable(text), hang)
	if len(all) > lines {
		all = all[:lines]
		all[lines-1] = runewidth.Truncate(all[lines-1], s.opts.Width-hang-2, "") + " …"
	}
	if lines < math.MaxInt && s.opts.Width >= least {
		for i := range all { // a word may be longer than a line
			all[i] = runewidth.Truncate(all[i], s.opts.Width-hang, "…")
		}
	}
	s.out.WriteString(strings.Join(all, "\n"+strings.Repeat(" ", hang)))
	s.lines += len(all) - 1
	s.blank()
}

// unwrapped writes a line that stays one line, for those who search for it.
func (s *screen) unwrapped(c colour, label, text string) {
	s.out.WriteString(s.paint(c, report.Printable(label)) + report.Printable(text))
	s.blank()
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
