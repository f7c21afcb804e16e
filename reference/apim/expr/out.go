package expr

import "strings"

// outArgument is "out name", "out var name" or "out Type name".
type outArgument struct {
	position
	name     string
	declares bool
	typ      Type // empty for var
}

// outTypes are what the methods with an out parameter give.
var outTypes = map[string]Type{"TryParseJwt": JwtType, "TryGetValue": Strings}

// outOf is the type of an out parameter.
func outOf(t Type) Type { return "out " + t }

func isOut(t Type) bool { return strings.HasPrefix(string(t), "out ") }

func (p *parser) outAhead() bool {
	return p.peek().kind == tokenName && p.peek().text == "out" && p.peekAt(1).kind == tokenName
}

func (p *parser) outArgument() (node, error) {
	n := &outArgument{position: position(p.take().offset)}
	typ, length := p.typeAhead(0)
	if p.peek().text == "var" {
		length = 1
	}
	if length > 0 && p.peekAt(length).kind == tokenName {
		n.declares, n.typ = true, typ
		p.pos += length
	}
	n.name = p.take().text
	return n, nil
}

// out compiles to the place of the variable.
func (c *compiler) out(n *outArgument, typ Type) (code, error) {
	if typ == "" || n.typ != "" && n.typ != typ {
		return code{}, errorAt(n.at(), "out is outside the subset here: it goes with TryParseJwt, and with TryGetValue of headers")
	}
	slot := -1
	for _, l := range c.locals {
		switch {
		case l.name == n.name && n.declares:
			return code{}, errorAt(n.at(), "%q is declared twice", n.name)
		case l.name == n.name && l.typ == typ:
			slot = l.slot
		}
	}
	if n.declares {
		slot = c.slots
		c.slots++
		c.locals = append(c.locals, local{n.name, typ, slot})
	}
	if slot < 0 {
		return code{}, errorAt(n.at(), "%q is not a local variable of type %s", n.name, typ)
	}
	return code{outOf(typ), func(f *frame) (any, error) { return &f.slots[slot], nil }}, nil
}

// tryParseJwt is AsJwt that says whether it succeeded.
func tryParseJwt(of any, a []any) any {
	*a[0].(*any) = pointer(ParseJwt(of.(string)))
	return *a[0].(*any) != nil
}

func tryGetValue(of any, a []any) any {
	*a[1].(*any) = nil
	values, ok := of.(dictionary).get(Text(a[0]))
	if ok {
		*a[1].(*any) = values
	}
	return ok
}
