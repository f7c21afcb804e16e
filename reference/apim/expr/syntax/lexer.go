package syntax

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

type tokenKind int

const (
	tokenEnd tokenKind = iota
	tokenName
	tokenNumber
	tokenString
	tokenInterpolated // text holds the raw source between the quotes
	tokenChar
	tokenSymbol
)

type token struct {
	kind   tokenKind
	text   string // name, number, symbol, or the value of a literal
	offset int
}

type lexer struct {
	src  string
	off  int
	base int // offset of src in the whole expression
}

// symbols, longest first, so that "?." is not read as "?" and ".".
var symbols = []string{
	"==", "!=", "<=", ">=", "&&", "||", "??", "?.", "?[", "=>", "+=", "-=", "*=", "/=", "%=", "++", "--",
	"(", ")", "[", "]", "{", "}", ",", ".", ";", ":", "?", "!", "<", ">", "+", "-", "*", "/", "%", "=", "&", "|", "^", "~",
}

// tokens reads the whole source.
func tokens(src string, base int) ([]token, error) {
	l := &lexer{src: src, base: base}
	var all []token
	for {
		t, err := l.next()
		if err != nil {
			return nil, err
		}
		all = append(all, t)
		if t.kind == tokenEnd {
			return all, nil
		}
	}
}

func (l *lexer) next() (token, error) {
	if err := l.skip(); err != nil {
		return token{}, err
	}
	start := l.off
	rest := l.src[start:]
	r, _ := utf8.DecodeRuneInString(rest)
	switch {
	case rest == "":
		return token{kind: tokenEnd, offset: l.base + start}, nil
	case r == '_' || unicode.IsLetter(r):
		return l.word(), nil
	case r >= '0' && r <= '9':
		return l.number(), nil
	case literalAhead(rest):
		return l.quoted()
	}
	return l.symbol()
}

func (l *lexer) symbol() (token, error) {
	for _, s := range symbols {
		if strings.HasPrefix(l.src[l.off:], s) {
			t := token{kind: tokenSymbol, text: s, offset: l.base + l.off}
			// "a?.5:b" is a condition, not a null-conditional access.
			if s == "?." && l.digitAt(l.off+2) {
				t.text = "?"
			}
			l.off += len(t.text)
			return t, nil
		}
	}
	r, _ := utf8.DecodeRuneInString(l.src[l.off:])
	return token{}, ErrorAt(l.base+l.off, "%q has no meaning here", r)
}

func (l *lexer) digitAt(i int) bool { return i < len(l.src) && l.src[i] >= '0' && l.src[i] <= '9' }

// skip passes white space and comments.
func (l *lexer) skip() error {
	for l.off < len(l.src) {
		rest := l.src[l.off:]
		r, n := utf8.DecodeRuneInString(rest)
		switch {
		case unicode.IsSpace(r):
			l.off += n
		case strings.HasPrefix(rest, "//"):
			l.off += lengthUntil(rest, "\n")
		case strings.HasPrefix(rest, "/*"):
			if !strings.Contains(rest[2:], "*/") {
				return ErrorAt(l.base+l.off, "the comment is not closed")
			}
			l.off += 2 + lengthUntil(rest[2:], "*/")
		default:
			return nil
		}
	}
	return nil
}

// lengthUntil is the length of s up to the end of the mark, or all of it.
func lengthUntil(s, mark string) int {
	if i := strings.Index(s, mark); i >= 0 {
		return i + len(mark)
	}
	return len(s)
}

func (l *lexer) word() token {
	start := l.off
	for l.off < len(l.src) {
		r, n := utf8.DecodeRuneInString(l.src[l.off:])
		if r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			break
		}
		l.off += n
	}
	return token{kind: tokenName, text: l.src[start:l.off], offset: l.base + start}
}

func (l *lexer) number() token {
	start := l.off
	for l.digitAt(l.off) {
		l.off++
	}
	if l.off < len(l.src) && l.src[l.off] == '.' && l.digitAt(l.off+1) {
		l.off++
		for l.digitAt(l.off) {
			l.off++
		}
	}
	for l.off < len(l.src) && strings.ContainsRune("LlDdFfMmUu", rune(l.src[l.off])) {
		l.off++
	}
	return token{kind: tokenNumber, text: l.src[start:l.off], offset: l.base + start}
}
