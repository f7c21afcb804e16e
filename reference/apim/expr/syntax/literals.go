package syntax

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// literalAhead reports whether a string or a character begins here.
func literalAhead(s string) bool {
	return strings.HasPrefix(s, `"`) || strings.HasPrefix(s, "'") || strings.HasPrefix(s, `@"`) || strings.HasPrefix(s, `$"`)
}

// quoted reads a string, a verbatim string, an interpolated string or a
// character.
func (l *lexer) quoted() (token, error) {
	t := token{kind: tokenString, offset: l.base + l.off}
	switch l.src[l.off] {
	case '@':
		l.off += 2
		return l.verbatim(t)
	case '$':
		l.off += 2
		return l.interpolated(t)
	case '\'':
		t.kind = tokenChar
	}
	raw, err := l.rawLiteral(t)
	if err != nil {
		return t, err
	}
	if t.text, err = unescape(raw, t.offset); err != nil {
		return t, err
	}
	if t.kind == tokenChar && utf8.RuneCountInString(t.text) != 1 {
		return t, ErrorAt(t.offset, "a character literal holds one character: write \"%s\" for a string", t.text)
	}
	return t, nil
}

// rawLiteral returns the source between the quotes.
func (l *lexer) rawLiteral(t token) (string, error) {
	quote := l.src[l.off]
	l.off++
	start := l.off
	for l.off < len(l.src) && l.src[l.off] != '\n' {
		switch l.src[l.off] {
		case '\\':
			l.off++
		case quote:
			l.off++
			return l.src[start : l.off-1], nil
		}
		l.off++
	}
	return "", ErrorAt(t.offset, "the literal is not closed")
}

func (l *lexer) verbatim(t token) (token, error) {
	var b strings.Builder
	for l.off < len(l.src) {
		ch := l.src[l.off]
		l.off++
		if ch == '"' {
			if l.off >= len(l.src) || l.src[l.off] != '"' {
				t.text = b.String()
				return t, nil
			}
			l.off++
		}
		b.WriteByte(ch)
	}
	return t, ErrorAt(t.offset, "the literal is not closed")
}

var simpleEscapes = map[byte]byte{
	'\\': '\\', '"': '"', '\'': '\'', '0': 0, 'a': '\a', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t', 'v': '\v',
}

func unescape(raw string, offset int) (string, error) {
	var b strings.Builder
	for i := 0; i < len(raw); i++ {
		if raw[i] != '\\' {
			b.WriteByte(raw[i])
			continue
		}
		i++
		if i < len(raw) && raw[i] == 'u' {
			n, err := strconv.ParseUint(raw[i+1:min(len(raw), i+5)], 16, 32)
			if err != nil || len(raw) < i+5 {
				return "", ErrorAt(offset, `\u needs four hexadecimal digits`)
			}
			b.WriteRune(rune(n))
			i += 4
			continue
		}
		if i >= len(raw) {
			return "", ErrorAt(offset, "the escape sequence is not complete")
		}
		ch, ok := simpleEscapes[raw[i]]
		if !ok {
			return "", ErrorAt(offset, "\\%c is not an escape sequence of the subset", raw[i])
		}
		b.WriteByte(ch)
	}
	return b.String(), nil
}
