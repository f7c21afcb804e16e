package syntax

import (
	"strconv"
	"strings"
)

// postfix reads a primary and the accesses behind it: .Name, (args), [key].
func (p *parser) postfix() (Node, error) {
	n, err := p.primary()
	conditional, entered := false, 0
	defer func() { p.depth -= entered }()
	for err == nil {
		t := p.peek()
		if !t.is(".") && !t.is("?.") && !t.is("[") && !t.is("?[") {
			break
		}
		if err := p.enter(); err != nil {
			return nil, err
		}
		entered++
		conditional = conditional || t.text[0] == '?'
		n, err = p.access(n)
	}
	if conditional && err == nil {
		return &Chain{Position(n.At()), n}, nil
	}
	return n, err
}

func (p *parser) access(of Node) (Node, error) {
	t := p.take()
	if t.is("[") || t.is("?[") {
		key, err := p.expression()
		if err != nil {
			return nil, err
		}
		return &Index{Position(t.offset), of, key, t.is("?[")}, p.expect("]")
	}
	n := p.take()
	if n.kind != tokenName {
		return nil, unexpected(n, "the name of a member is expected, not %s")
	}
	m := &Member{Position: Position(n.offset), Of: of, Name: n.text, Conditional: t.is("?.")}
	p.typeArgument(m)
	if !p.accept("(") {
		return m, nil
	}
	args, err := p.arguments()
	return &Call{Position(n.offset), m, args}, err
}

// typeArgument reads <T> in front of an argument list; elsewhere "<" compares.
func (p *parser) typeArgument(m *Member) {
	if !p.peek().is("<") {
		return
	}
	if typ, n := p.typeAhead(1); n > 0 && p.peekAt(1+n).is(">") && p.peekAt(2+n).is("(") {
		m.TypeArg = typ
		p.pos += n + 2
	}
}

func (p *parser) primary() (Node, error) {
	t := p.take()
	at := Position(t.offset)
	switch t.kind {
	case tokenString:
		return &Literal{at, t.text, String}, nil
	case tokenChar:
		return &Literal{at, Char([]rune(t.text)[0]), CharType}, nil
	case tokenInterpolated:
		return p.interpolation(t)
	case tokenNumber:
		return number(t)
	case tokenName:
		if t.text == "new" {
			return p.creation(t)
		}
		return word(t)
	}
	if !t.is("(") {
		return nil, unexpected(t, "a value is expected, not %s")
	}
	inner, err := p.expression()
	if err != nil {
		return nil, err
	}
	return inner, p.expect(")")
}

var unsupportedWords = map[string]string{
	"typeof": "typeof", "await": "await", "default": "default", "throw": "throw", "checked": "checked",
}

func word(t token) (Node, error) {
	at := Position(t.offset)
	switch t.text {
	case "true", "false":
		return &Literal{at, t.text == "true", Bool}, nil
	case "null":
		return &Literal{at, nil, Null}, nil
	}
	if w, ok := unsupportedWords[t.text]; ok {
		return nil, errorOutside(t.offset, "%q", w)
	}
	return &Name{at, t.text}, nil
}

func number(t token) (Node, error) {
	at := Position(t.offset)
	digits := strings.TrimRight(t.text, "LlDdFfMmUu")
	suffix := strings.ToLower(t.text[len(digits):])
	if suffix == "d" || suffix == "" && strings.Contains(digits, ".") {
		f, err := strconv.ParseFloat(digits, 64)
		return &Literal{at, f, Double}, numberError(t, err)
	}
	n, err := strconv.ParseInt(digits, 10, 64)
	switch {
	case err != nil || suffix != "" && suffix != "l":
		return nil, ErrorAt(t.offset, "%q is not a number of the subset (int, long, double)", t.text)
	case suffix == "l" || n != int64(int32(n)):
		return &Literal{at, n, Long}, nil
	}
	return &Literal{at, int32(n), Int}, nil
}

func numberError(t token, err error) error {
	if err == nil {
		return nil
	}
	return ErrorAt(t.offset, "%q is not a number", t.text)
}
