package policyxml

import (
	"strings"
	"unicode/utf8"
)

// expressionScan follows a C# expression to its closing bracket. It knows
// brackets, string and character literals and comments, which is what decides
// where the expression ends.
type expressionScan struct {
	*cursor
	start Pos
	out   strings.Builder
	open  []rune
}

// expression reads an expression that begins at the cursor with @( or @{, and
// returns it with its entities decoded.
func (c *cursor) expression() (string, error) {
	s := &expressionScan{cursor: c, start: c.pos}
	s.take() // the @
	for {
		if err := s.step(); err != nil {
			return "", err
		}
		if len(s.open) == 0 {
			return s.out.String(), nil
		}
	}
}

// next decodes one character: in an escaped document a quote is &quot;.
func (s *expressionScan) next() (rune, int) {
	if s.end() {
		return 0, 0
	}
	if s.peek() == '&' {
		if r, n := reference(s.rest()); n > 0 {
			return r, n
		}
	}
	return utf8.DecodeRuneInString(s.rest())
}

func (s *expressionScan) take() rune {
	r, n := s.next()
	s.advance(n)
	if n > 0 {
		s.out.WriteRune(r)
	}
	return r
}

var closing = map[rune]rune{'(': ')', '{': '}', '[': ']'}

func (s *expressionScan) step() error {
	if err := s.room(); err != nil {
		return err
	}
	r := s.take()
	switch r {
	case '(', '{', '[':
		s.open = append(s.open, closing[r])
	case ')', '}', ']':
		return s.closeBracket(r)
	case '"', '\'':
		return s.literal(r)
	case '@':
		return s.verbatim()
	case '$':
		return s.interpolated()
	case '/':
		s.comment()
	}
	return nil
}

func (s *expressionScan) room() error {
	if s.end() {
		return s.errorf(s.start, "the expression is not closed: %s is missing", s.missing())
	}
	if s.out.Len() > MaxValue {
		return s.errorf(s.start, "the expression is longer than %d bytes", MaxValue)
	}
	return nil
}

func (s *expressionScan) missing() string {
	if len(s.open) == 0 {
		return "a bracket"
	}
	return string(s.open[len(s.open)-1])
}

func (s *expressionScan) closeBracket(r rune) error {
	last := len(s.open) - 1
	if s.open[last] != r {
		return s.errorf(s.pos, "%q closes a bracket that %q should close", r, s.open[last])
	}
	s.open = s.open[:last]
	return nil
}

// literal reads to the closing quote of a string or character literal.
func (s *expressionScan) literal(quote rune) error {
	at := s.pos
	for {
		if err := s.room(); err != nil {
			return s.errorf(at, "the literal that begins here is not closed")
		}
		switch s.take() {
		case '\\':
			s.take()
		case quote:
			return nil
		case '\n':
			return s.errorf(at, "a literal cannot hold a line break: is its closing quote missing, or a bracket of the expression before it?")
		}
	}
}

// verbatim reads @"...", in which a doubled quote stands for one.
func (s *expressionScan) verbatim() error {
	at := s.pos
	if r, _ := s.next(); r != '"' {
		return nil
	}
	s.take()
	for {
		if err := s.room(); err != nil {
			return s.errorf(at, "the literal that begins here is not closed")
		}
		if s.take() != '"' {
			continue
		}
		if r, _ := s.next(); r != '"' {
			return nil
		}
		s.take()
	}
}

// interpolated reads $"...{expression}...", whose holes may hold literals with
// quotes of their own.
func (s *expressionScan) interpolated() error {
	at := s.pos
	if r, _ := s.next(); r != '"' {
		return nil
	}
	s.take()
	for {
		if err := s.room(); err != nil {
			return s.errorf(at, "the literal that begins here is not closed")
		}
		switch s.take() {
		case '\\':
			s.take()
		case '"':
			return nil
		case '\n':
			return s.errorf(at, "a literal cannot hold a line break: is its closing quote missing, or a bracket of the expression before it?")
		case '{':
			if err := s.hole(); err != nil {
				return err
			}
		}
	}
}

// hole reads what follows the { of an interpolated string: a second one, or an
// expression up to its }.
func (s *expressionScan) hole() error {
	if r, _ := s.next(); r == '{' {
		s.take()
		return nil
	}
	outer := s.open
	s.open = []rune{'}'}
	for len(s.open) > 0 {
		if err := s.step(); err != nil {
			return err
		}
	}
	s.open = outer
	return nil
}

func (s *expressionScan) comment() {
	mark := ""
	switch r, _ := s.next(); r {
	case '/':
		mark = "\n"
	case '*':
		mark = "*/"
	default:
		return
	}
	for !s.end() && !s.has(mark) && s.out.Len() <= MaxValue {
		s.take()
	}
	for range mark {
		s.take()
	}
}
