package syntax

import "strings"

// interpolated reads $"text {expression} text" and keeps the source between
// the quotes. A hole may hold literals with quotes of their own.
func (l *lexer) interpolated(t token) (token, error) {
	t.kind = tokenInterpolated
	start := l.off
	for l.off < len(l.src) && l.src[l.off] != '\n' {
		rest := l.src[l.off:]
		switch {
		case rest[0] == '"':
			t.text = l.src[start:l.off]
			l.off++
			return t, nil
		case rest[0] == '\\', strings.HasPrefix(rest, "{{"), strings.HasPrefix(rest, "}}"):
			l.off += min(2, len(rest))
		case rest[0] == '{':
			if err := l.hole(); err != nil {
				return t, err
			}
		default:
			l.off++
		}
	}
	return t, ErrorAt(t.offset, "the literal is not closed")
}

// hole passes {expression} by its brackets and literals.
func (l *lexer) hole() error {
	start, depth := l.off, 0
	for l.off < len(l.src) {
		if literalAhead(l.src[l.off:]) {
			if _, err := l.quoted(); err != nil {
				return err
			}
			continue
		}
		switch l.src[l.off] {
		case '{', '(', '[':
			depth++
		case '}', ')', ']':
			depth--
		}
		l.off++
		if depth == 0 {
			return nil
		}
	}
	return ErrorAt(l.base+start, "the { of the interpolated string is not closed")
}

// interpolation splits $"text {expression} text" into parts.
func (p *parser) interpolation(t token) (Node, error) {
	n := &Interpolated{Position: Position(t.offset)}
	raw, base := t.text, t.offset+len(`$"`)
	for raw != "" {
		part, used, err := p.interpolationPart(raw, base)
		if err != nil {
			return nil, err
		}
		n.Parts = append(n.Parts, part)
		raw, base = raw[used:], base+used
	}
	return n, nil
}

func (p *parser) interpolationPart(raw string, base int) (Node, int, error) {
	if strings.HasPrefix(raw, "{{") || strings.HasPrefix(raw, "}}") {
		return &Literal{Position(base), raw[:1], String}, 2, nil
	}
	if raw[0] != '{' {
		end := strings.IndexAny(raw, "{}")
		if end < 0 {
			end = len(raw)
		}
		if end == 0 {
			return nil, 0, ErrorAt(base, "a single } in an interpolated string: write }}")
		}
		text, err := unescape(raw[:end], base)
		return &Literal{Position(base), text, String}, end, err
	}
	l := &lexer{src: raw, base: base}
	if err := l.hole(); err != nil {
		return nil, 0, err
	}
	inner, err := p.nested(raw[1:l.off-1], base+1)
	return inner, l.off, err
}

// nested parses the expression inside an interpolated string.
func (p *parser) nested(src string, base int) (Node, error) {
	toks, err := tokens(src, base)
	if err != nil {
		return nil, err
	}
	inner := &parser{toks: toks, depth: p.depth}
	n, err := inner.expression()
	if err == nil && inner.peek().kind != tokenEnd {
		return nil, ErrorAt(inner.peek().offset, "%s in an interpolated string: a format is outside the subset", inner.peek())
	}
	return n, err
}
