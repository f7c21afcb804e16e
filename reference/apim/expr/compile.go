package expr

import "slices"

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

func (c *compiler) node(n node) (code, error) {
	switch n := n.(type) {
	case *literal:
		return code{n.typ, func(*frame) (any, error) { return n.value, nil }}, nil
	case *name:
		return c.name(n)
	case *member:
		return c.member(n)
	case *call:
		return c.call(n)
	case *index:
		return c.index(n)
	case *chain:
		return c.chain(n)
	case *unary:
		return c.unary(n)
	case *binary:
		return c.binary(n)
	case *condition:
		return c.condition(n)
	case *cast:
		return c.cast(n)
	case *interpolated:
		return c.interpolated(n)
	case *create:
		return c.create(n)
	}
	return code{}, errorAt(n.at(), "the expression is outside the subset")
}

func (c *compiler) name(n *name) (code, error) {
	for _, l := range slices.Backward(c.locals) {
		if l.name == n.name {
			return code{l.typ, func(f *frame) (any, error) { return f.slots[l.slot], nil }}, nil
		}
	}
	if n.name == "context" {
		c.members["context"] = true
		return code{contextType, func(f *frame) (any, error) { return f.ctx, nil }}, nil
	}
	return code{}, errorAt(n.at(), "the name %q does not exist in the subset of C# that revocheck runs", n.name)
}

// assign converts a value to the type that is wanted, as C# does by itself.
func assign(v code, to Type, at int) (code, error) {
	if v.typ == to {
		return v, nil
	}
	if !assignable(v.typ, to) {
		return code{}, errorAt(at, "a %s is expected, not a %s", to, v.typ)
	}
	return code{to, func(f *frame) (any, error) {
		value, err := v.eval(f)
		return convert(value, to), err
	}}, nil
}

// wanted compiles a node whose type is known.
func (c *compiler) wanted(n node, to Type) (code, error) {
	v, err := c.node(n)
	if err != nil {
		return code{}, err
	}
	return assign(v, to, n.at())
}

// chain ends the reach of ?.: what a null skipped is null.
func (c *compiler) chain(n *chain) (code, error) {
	inner, err := c.node(n.of)
	if err != nil {
		return code{}, err
	}
	return code{nullable(inner.typ), func(f *frame) (any, error) {
		v, err := inner.eval(f)
		if err == errShort {
			return nil, nil
		}
		return v, err
	}}, nil
}

func (c *compiler) condition(n *condition) (code, error) {
	test, err := c.wanted(n.test, Bool)
	if err != nil {
		return code{}, err
	}
	yes, err := c.node(n.yes)
	if err != nil {
		return code{}, err
	}
	no, err := c.node(n.no)
	if err != nil {
		return code{}, err
	}
	if yes, no, err = unify(yes, no, n.at()); err != nil {
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
	case a.typ == Null && valueTypes[b.typ]:
		return unify(a, code{nullable(b.typ), b.eval}, at)
	case b.typ == Null && valueTypes[a.typ]:
		return unify(code{nullable(a.typ), a.eval}, b, at)
	default:
		err = errorAt(at, "%s and %s have no common type", a.typ, b.typ)
	}
	return a, b, err
}

// cast converts with a check: numbers to each other, T? to T, object to what
// it holds.
func (c *compiler) cast(n *cast) (code, error) {
	v, err := c.node(n.of)
	if err != nil {
		return code{}, err
	}
	if assignable(v.typ, n.to) {
		return assign(v, n.to, n.at())
	}
	from, to := underlying(v.typ), underlying(n.to)
	if v.typ != Object && from != to && !(isNumber(from) && isNumber(to)) {
		return code{}, errorAt(n.at(), "a %s cannot be cast to %s", v.typ, n.to)
	}
	return code{n.to, func(f *frame) (any, error) {
		value, err := v.eval(f)
		if err != nil {
			return nil, err
		}
		return castValue(value, v.typ, n.to, n.at())
	}}, nil
}

func castValue(value any, from, to Type, at int) (any, error) {
	held := typeOf(value)
	switch {
	case value == nil && isNullable(to):
		return nil, nil
	case value == nil:
		return nil, errorAt(at, "null cannot be cast to %s", to)
	case from != Object && isNumber(underlying(to)):
		return castNumber(value, underlying(to)), nil
	case held != underlying(to):
		return nil, errorAt(at, "InvalidCastException: the object holds a %s, not a %s", held, to)
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
