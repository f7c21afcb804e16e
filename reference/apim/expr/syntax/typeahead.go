package syntax

import (
	"slices"
	"strings"
)

// castAhead recognises "(Type)" in front of a value and returns how many
// tokens it takes. "(x)" may be a cast or an x in brackets: as in C#, what
// follows decides, unless the type is a keyword.
func (p *parser) castAhead() (Type, int) {
	if !p.peek().is("(") {
		return "", 0
	}
	typ, n := p.typeAhead(1)
	if n == 0 || !p.peekAt(1+n).is(")") {
		return "", 0
	}
	if !slices.Contains(keywords, p.peekAt(1).text) && !p.peekAt(2+n).beginsOperand() {
		return "", 0
	}
	return typ, n + 2
}

// beginsOperand reports whether a token can stand behind a cast.
func (t token) beginsOperand() bool {
	switch t.kind {
	case tokenName:
		return t.text != "as" && t.text != "is"
	case tokenSymbol:
		return t.text == "(" || t.text == "!"
	}
	return t.kind != tokenEnd
}

// typeAhead recognises a type at the nth token from here: a name with dots,
// the types in its angle brackets, ? and [].
func (p *parser) typeAhead(n int) (Type, int) {
	start := n
	name, n := p.typeName(n)
	if name == "" {
		return "", 0
	}
	typ, known := typeNames[name]
	if !known {
		typ = Type(name)
	}
	if p.peekAt(n).is("<") {
		arguments, length := p.typeArguments(n)
		if length == 0 {
			return "", 0
		}
		typ, n = Type(name+arguments), n+length
	}
	if p.peekAt(n).is("?") {
		typ, n = typ.Nullable(), n+1
	}
	for p.peekAt(n).is("[") && p.peekAt(n+1).is("]") {
		typ, n = typ+"[]", n+2
	}
	return typ, n - start
}

// typeName reads a name; of one with dots the last part, which says what it is.
func (p *parser) typeName(n int) (string, int) {
	t := p.peekAt(n)
	if t.kind != tokenName {
		return "", n
	}
	for p.peekAt(n+1).is(".") && p.peekAt(n+2).kind == tokenName {
		n += 2
	}
	return p.peekAt(n).text, n + 1
}

// typeArguments reads <T, U>; its length is 0 if it is none.
func (p *parser) typeArguments(n int) (string, int) {
	var list []string
	for at := n + 1; len(list) < MaxNesting && n < MaxNesting; at++ {
		typ, length := p.typeAhead(at)
		if length == 0 {
			return "", 0
		}
		list, at = append(list, string(typ)), at+length
		if p.peekAt(at).is(">") {
			return "<" + strings.Join(list, ", ") + ">", at + 1 - n
		}
		if !p.peekAt(at).is(",") {
			return "", 0
		}
	}
	return "", 0
}
