package expr

import (
	"slices"

	"github.com/revocheck/revocheck/reference/apim/expr/syntax"
)

// code is a compiled node: its static type and how to run it.
type code struct {
	typ  Type
	eval evaluator
}

type local struct {
	name string
	typ  Type
	slot int
}

type compiler struct {
	locals  []local
	slots   int
	members map[string]bool
}

func (c *compiler) node(n syntax.Node) (code, error) {
	switch n := n.(type) {
	case *syntax.Literal:
		return code{n.Type, func(*frame) (any, error) { return n.Value, nil }}, nil
	case *syntax.Name:
		return c.name(n)
	case *syntax.Member:
		return c.member(n)
	case *syntax.Call:
		return c.call(n)
	case *syntax.Index:
		return c.index(n)
	case *syntax.Chain:
		return c.chain(n)
	case *syntax.Unary:
		return c.unary(n)
	case *syntax.Binary:
		return c.binary(n)
	case *syntax.Condition:
		return c.condition(n)
	case *syntax.Cast:
		return c.cast(n)
	case *syntax.TypeTest:
		return c.typeTest(n)
	case *syntax.Interpolated:
		return c.interpolated(n)
	case *syntax.Create:
		return c.create(n)
	}
	return code{}, syntax.ErrorAt(n.At(), "the expression is outside the subset")
}

func (c *compiler) name(n *syntax.Name) (code, error) {
	for _, l := range slices.Backward(c.locals) {
		if l.name == n.Name {
			return code{l.typ, func(f *frame) (any, error) { return f.slots[l.slot], nil }}, nil
		}
	}
	if n.Name == "context" {
		c.members["context"] = true
		return code{contextType, func(f *frame) (any, error) { return f.ctx, nil }}, nil
	}
	return code{}, syntax.ErrorAt(n.At(), "the name %q does not exist in the subset of C# that revocheck runs", n.Name)
}

// assign converts a value to the type that is wanted, as C# does by itself.
func assign(v code, to Type, at int) (code, error) {
	if v.typ == to {
		return v, nil
	}
	if !assignable(v.typ, to) {
		return code{}, syntax.ErrorAt(at, "a %s is expected, not a %s", to, v.typ)
	}
	return code{to, func(f *frame) (any, error) {
		value, err := v.eval(f)
		return convert(value, to), err
	}}, nil
}

// wanted compiles a node whose type is known.
func (c *compiler) wanted(n syntax.Node, to Type) (code, error) {
	v, err := c.node(n)
	if err != nil {
		return code{}, err
	}
	return assign(v, to, n.At())
}

// chain ends the reach of ?.: what a null skipped is null.
func (c *compiler) chain(n *syntax.Chain) (code, error) {
	inner, err := c.node(n.Of)
	if err != nil {
		return code{}, err
	}
	return code{inner.typ.Nullable(), func(f *frame) (any, error) {
		v, err := inner.eval(f)
		if err == errShort {
			return nil, nil
		}
		return v, err
	}}, nil
}

func (c *compiler) condition(n *syntax.Condition) (code, error) {
	test, err := c.wanted(n.Test, Bool)
	if err != nil {
		return code{}, err
	}
	yes, err := c.node(n.Yes)
	if err != nil {
		return code{}, err
	}
	no, err := c.node(n.No)
	if err != nil {
		return code{}, err
	}
	if yes, no, err = unify(yes, no, n.At()); err != nil {
		return code{}, err
	}
	return code{yes.typ, func(f *frame) (any, error) {
		ok, err := test.eval(f)
		if err != nil {
			return nil, err
		}
		if ok.(bool) {
			return yes.eval(f)
		}
		return no.eval(f)
	}}, nil
}

// unify gives two branches the type that both convert to.
func unify(a, b code, at int) (code, code, error) {
	var err error
	switch {
	case assignable(b.typ, a.typ):
		b, err = assign(b, a.typ, at)
	case assignable(a.typ, b.typ):
		a, err = assign(a, b.typ, at)
	case a.typ == Null && b.typ.IsValue():
		return unify(a, code{b.typ.Nullable(), b.eval}, at)
	case b.typ == Null && a.typ.IsValue():
		return unify(code{a.typ.Nullable(), a.eval}, b, at)
	default:
		err = syntax.ErrorAt(at, "%s and %s have no common type", a.typ, b.typ)
	}
	return a, b, err
}

// cast converts with a check: numbers to each other, T? to T, object to what
// it holds.
func (c *compiler) cast(n *syntax.Cast) (code, error) {
	v, err := c.node(n.Of)
	if err != nil {
		return code{}, err
	}
	typ, err := named(n.To, n.At())
	if err != nil {
		return code{}, err
	}
	if assignable(v.typ, typ) {
		return assign(v, typ, n.At())
	}
	from, to := v.typ.Underlying(), typ.Underlying()
	if v.typ != Object && from != to && !(isNumber(from) && isNumber(to)) {
		return code{}, syntax.ErrorAt(n.At(), "a %s cannot be cast to %s", v.typ, typ)
	}
	return code{typ, func(f *frame) (any, error) {
		value, err := v.eval(f)
		if err != nil {
			return nil, err
		}
		return castValue(value, v.typ, typ, n.At())
	}}, nil
}

// typeTest is "as", which gives null for what is of another type, or "is".
func (c *compiler) typeTest(n *syntax.TypeTest) (code, error) {
	v, err := c.node(n.Of)
	if err != nil {
		return code{}, err
	}
	typ, err := named(n.To, n.At())
	if err != nil {
		return code{}, err
	}
	if n.Op == "is" {
		return mapped(v, Bool, func(x any) any { return x != nil && fits(x, typ) }), nil
	}
	if !isNullable(typ) {
		return code{}, syntax.ErrorAt(n.At(), "as needs a type that can be null, not %s", typ)
	}
	return mapped(v, typ, func(x any) any {
		if !fits(x, typ) {
			return nil
		}
		return x
	}), nil
}

func fits(v any, typ Type) bool { return typ == Object || typeOf(v) == typ.Underlying() }

func castValue(value any, from, to Type, at int) (any, error) {
	held := typeOf(value)
	switch {
	case value == nil && isNullable(to):
		return nil, nil
	case value == nil:
		return nil, syntax.ErrorAt(at, "null cannot be cast to %s", to)
	case from != Object && isNumber(to.Underlying()):
		return castNumber(value, to.Underlying()), nil
	case held != to.Underlying():
		return nil, syntax.ErrorAt(at, "InvalidCastException: the object holds a %s, not a %s", held, to)
	}
	return value, nil
}

// castNumber truncates, as an unchecked C# cast does.
func castNumber(value any, to Type) any {
	if to == CharType {
		return Char(uint16(integer(value)))
	}
	return convert(value, to)
}
