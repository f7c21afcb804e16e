package script

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"
)

// text is a scenario as a file: a header of "key: value" lines, an
// empty line, and one step a line.
type text struct {
	File   string
	Header map[string]string
	// lines tells on which line a header key stands.
	lines map[string]int
	Steps []statement
}

// statement is one step of a script:
//
//	verb argument ... key=value ... -> NAME   # comment
type statement struct {
	Line int
	Text string
	Verb string
	Args []string
	Opts map[string]string
	Into string
}

// SyntaxError is what is wrong with a script, and where.
type SyntaxError struct {
	File string
	Line int
	What string
}

func (e *SyntaxError) Error() string {
	if e.Line == 0 {
		return fmt.Sprintf("%s: %s", e.File, e.What)
	}
	return fmt.Sprintf("%s:%d: %s", e.File, e.Line, e.What)
}

// Bounds of a script; one that a person wrote is far below them.
const (
	maxLines = 2000
	maxLine  = 4096
)

// read reads a script. It knows the form of scripts, not their verbs.
func read(file string, r io.Reader) (*text, error) {
	s := &text{File: file, Header: map[string]string{}, lines: map[string]int{}}
	in := bufio.NewScanner(r)
	in.Buffer(make([]byte, 0, maxLine), maxLine)
	header, n := true, 0
	for in.Scan() {
		if n++; n > maxLines {
			return nil, s.errorAt(n, "a script has at most %d lines", maxLines)
		}
		line := strings.TrimSpace(stripComment(in.Text()))
		if line == "" {
			header = header && (len(s.Header) == 0 || strings.TrimSpace(in.Text()) != "")
			continue
		}
		if err := s.add(n, line, header); err != nil {
			return nil, err
		}
	}
	switch err := in.Err(); {
	case errors.Is(err, bufio.ErrTooLong):
		return nil, s.errorAt(n+1, "a line has less than %d bytes", maxLine)
	case err != nil:
		return nil, s.errorAt(n+1, "it cannot be read: %v", err)
	}
	if len(s.Steps) == 0 {
		return nil, s.errorAt(max(n, 1), "it has no steps: after the header comes an empty line, then one step a line")
	}
	return s, nil
}

func (s *text) errorAt(line int, what string, args ...any) error {
	return &SyntaxError{s.File, line, fmt.Sprintf(what, args...)}
}

// stripComment drops a # at the start of a word and what follows it.
func stripComment(line string) string {
	for i, r := range line {
		if r == '#' && (i == 0 || line[i-1] == ' ' || line[i-1] == '\t') {
			return line[:i]
		}
	}
	return line
}

func (s *text) add(n int, line string, header bool) error {
	for _, r := range line {
		if r < ' ' && r != '\t' || r == 0x7f {
			return s.errorAt(n, "control character %U", r)
		}
	}
	if header {
		return s.addHeader(n, line)
	}
	st, err := s.addStep(n, line)
	if err != nil {
		return err
	}
	s.Steps = append(s.Steps, st)
	return nil
}

func (s *text) addHeader(n int, line string) error {
	key, value, ok := strings.Cut(line, ":")
	if !ok {
		return s.errorAt(n, "%q is no header line: key: value (an empty line ends the header)", line)
	}
	key, value = strings.TrimSpace(key), strings.TrimSpace(value)
	if value == "" {
		return s.errorAt(n, "header %q has no value", key)
	}
	if s.lines[key] > 0 {
		return s.errorAt(n, "header %q stands in line %d already", key, s.lines[key])
	}
	s.Header[key], s.lines[key] = value, n
	return nil
}

func (s *text) addStep(n int, line string) (statement, error) {
	words := strings.Fields(line)
	st := statement{Line: n, Text: strings.Join(words, " "), Verb: words[0], Opts: map[string]string{}}
	for i, w := range words[1:] {
		switch key, value, ok := strings.Cut(w, "="); {
		case w == "->":
			if i+3 != len(words) {
				return st, s.errorAt(n, "-> takes one name, at the end of the line")
			}
			st.Into = words[len(words)-1]
			return st, nil
		case !ok:
			st.Args = append(st.Args, w)
		case st.Opts[key] != "":
			return st, s.errorAt(n, "%s= is given twice", key)
		case key == "" || value == "":
			return st, s.errorAt(n, "%q is not key=value", w)
		default:
			st.Opts[key] = value
		}
	}
	return st, nil
}
