package expr

import (
	"strings"

	"github.com/revocheck/revocheck/reference/apim/expr/syntax"
)

// outTypes are what the methods with an out parameter give.
var outTypes = map[string]Type{"TryParseJwt": JwtType, "TryGetValue": Strings}

// outOf is the type of an out parameter.
func outOf(t Type) Type { return "out " + t }

func isOut(t Type) bool { return strings.HasPrefix(string(t), "out ") }

// out compiles to the place of the variable.
func (c *compiler) out(n *syntax.OutArgument, typ Type) (code, error) {
	if typ == "" || n.Type != "" && n.Type != typ {
		return code{}, syntax.ErrorAt(n.At(), "out is outside the subset here: it goes with TryParseJwt, and with TryGetValue of headers")
	}
	slot := -1
	for _, l := range c.locals {
		switch {
		case l.name == n.Name && n.Declares:
			return code{}, syntax.ErrorAt(n.At(), "%q is declared twice", n.Name)
		case l.name == n.Name && l.typ == typ:
			slot = l.slot
		}
	}
	if n.Declares {
		slot = c.slots
		c.slots++
		c.locals = append(c.locals, local{n.Name, typ, slot})
	}
	if slot < 0 {
		return code{}, syntax.ErrorAt(n.At(), "%q is not a local variable of type %s", n.Name, typ)
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
