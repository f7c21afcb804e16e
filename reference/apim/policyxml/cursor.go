package policyxml

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// cursor walks the source and knows the line it is on.
type cursor struct {
	file string
	src  string
	off  int
	pos  Pos
}

func newCursor(file, src string) *cursor {
	return &cursor{file: file, src: strings.TrimPrefix(src, "\ufeff"), pos: Pos{Line: 1, Column: 1}}
}

func (c *cursor) end() bool { return c.off >= len(c.src) }

func (c *cursor) rest() string { return c.src[c.off:] }

// peek returns the next byte, and 0 at the end.
func (c *cursor) peek() byte {
	if c.end() {
		return 0
	}
	return c.src[c.off]
}

func (c *cursor) has(prefix string) bool { return strings.HasPrefix(c.rest(), prefix) }

func (c *cursor) advance(n int) {
	for i := 0; i < n && !c.end(); i++ {
		c.pos.Column++
		if c.src[c.off] == '\n' {
			c.pos = Pos{Line: c.pos.Line + 1, Column: 1}
		}
		c.off++
	}
}

func (c *cursor) accept(prefix string) bool {
	if !c.has(prefix) {
		return false
	}
	c.advance(len(prefix))
	return true
}

// skipSpace reports whether there was any.
func (c *cursor) skipSpace() bool {
	start := c.off
	for isSpace(c.peek()) {
		c.advance(1)
	}
	return c.off > start
}

// skipPast moves behind the next mark, or reports that there is none.
func (c *cursor) skipPast(mark string) bool {
	i := strings.Index(c.rest(), mark)
	if i < 0 {
		return false
	}
	c.advance(i + len(mark))
	return true
}

// name reads an XML name of ASCII letters, which is all that APIM uses.
func (c *cursor) name() string {
	start := c.off
	for isNameByte(c.peek(), c.off == start) {
		c.advance(1)
	}
	return c.src[start:c.off]
}

func (c *cursor) errorf(at Pos, format string, args ...any) error {
	return &Error{File: c.file, Pos: at, Msg: fmt.Sprintf(format, args...)}
}

// shown quotes what stands at the cursor, for an error message.
func (c *cursor) shown() string {
	if c.end() {
		return "the end of the document"
	}
	r, _ := utf8.DecodeRuneInString(c.rest())
	return fmt.Sprintf("%q", r)
}

func isSpace(b byte) bool { return b == ' ' || b == '\t' || b == '\n' || b == '\r' }

func isNameByte(b byte, first bool) bool {
	if b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b == '_' {
		return true
	}
	return !first && (b >= '0' && b <= '9' || b == '-' || b == '.' || b == ':')
}
