package expr

import (
	"strings"
	"time"

	"github.com/revocheck/revocheck/reference/apim/expr/syntax"
)

func (c *compiler) unary(n *syntax.Unary) (code, error) {
	v, err := c.node(n.Of)
	if err != nil {
		return code{}, err
	}
	if n.Op == "!" {
		if v, err = assign(v, Bool, n.At()); err != nil {
			return code{}, err
		}
		return mapped(v, Bool, func(x any) any { return !x.(bool) }), nil
	}
	if !isNumber(v.typ) || v.typ == CharType {
		return code{}, syntax.ErrorAt(n.At(), "%s needs a number, not a %s", n.Op, v.typ)
	}
	if n.Op == "+" {
		return v, nil
	}
	return mapped(v, v.typ, negative), nil
}

func mapped(v code, typ Type, change func(any) any) code {
	return code{typ, func(f *frame) (any, error) {
		x, err := v.eval(f)
		if err != nil {
			return nil, err
		}
		return change(x), nil
	}}
}

func negative(x any) any {
	switch n := x.(type) {
	case int32:
		return -n
	case int64:
		return -n
	}
	return -float(x)
}

func (c *compiler) binary(n *syntax.Binary) (code, error) {
	left, err := c.node(n.Left)
	if err != nil {
		return code{}, err
	}
	right, err := c.node(n.Right)
	if err != nil {
		return code{}, err
	}
	switch n.Op {
	case "&&", "||":
		return logical(n, left, right)
	case "??":
		return coalesce(left, right, n.At())
	case "==", "!=":
		return equality(n, left, right)
	case "<", ">", "<=", ">=":
		return comparisonOf(n, left, right)
	}
	return arithmetic(n, left, right)
}

func logical(n *syntax.Binary, left, right code) (code, error) {
	if left.typ != Bool || right.typ != Bool {
		return code{}, syntax.ErrorAt(n.At(), "%s needs two bools, not %s and %s", n.Op, left.typ, right.typ)
	}
	decided := n.Op == "||"
	return code{Bool, func(f *frame) (any, error) {
		l, err := left.eval(f)
		if err != nil || l.(bool) == decided {
			return l, err
		}
		return right.eval(f)
	}}, nil
}

func coalesce(left, right code, at int) (code, error) {
	if !isNullable(left.typ) {
		return code{}, syntax.ErrorAt(at, "?? needs a value that can be null, not a %s", left.typ)
	}
	typ := left.typ
	if right.typ != Null && !isNullable(right.typ) {
		typ = left.typ.Underlying()
	}
	if left.typ == Null {
		typ = right.typ
	}
	right, err := assign(right, typ, at)
	if err != nil {
		return code{}, err
	}
	return code{typ, func(f *frame) (any, error) {
		v, err := left.eval(f)
		if err != nil || v != nil {
			return v, err
		}
		return right.eval(f)
	}}, nil
}

// both runs two operands in order.
func both(left, right code, typ Type, combine func(l, r any) (any, error)) code {
	return code{typ, func(f *frame) (any, error) {
		l, err := left.eval(f)
		if err != nil {
			return nil, err
		}
		r, err := right.eval(f)
		if err != nil {
			return nil, err
		}
		return combine(l, r)
	}}
}

func equality(n *syntax.Binary, left, right code) (code, error) {
	if byReference(left.typ, right.typ) {
		want := n.Op == "=="
		return both(left, right, Bool, func(l, r any) (any, error) { return (l == nil && r == nil) == want, nil }), nil
	}
	if !comparable(left.typ, right.typ) {
		return code{}, syntax.ErrorAt(n.At(), "%s cannot compare %s with %s: cast one of them", n.Op, left.typ, right.typ)
	}
	want := n.Op == "=="
	return both(left, right, Bool, func(l, r any) (any, error) {
		return equal(l, r) == want, nil
	}), nil
}

// byReference reports whether C# compares an object with a string: they are
// equal if they are one object, which a value from a cache and a literal are not.
func byReference(a, b Type) bool { return a == Object && b == String || a == String && b == Object }

// comparable refuses what C# refuses to compare.
func comparable(a, b Type) bool {
	if a == Null || b == Null {
		return isNullable(a) && isNullable(b)
	}
	ua, ub := a.Underlying(), b.Underlying()
	if isNumber(ua) && isNumber(ub) {
		return true
	}
	return ua == ub && (ua == String || ua.IsValue())
}

func equal(l, r any) bool {
	if l == nil || r == nil {
		return l == nil && r == nil
	}
	if isNumber(typeOf(l)) {
		if typeOf(l) == Double || typeOf(r) == Double {
			return float(l) == float(r)
		}
		return integer(l) == integer(r)
	}
	if t, ok := l.(time.Time); ok {
		return t.Equal(r.(time.Time))
	}
	return l == r
}

func comparisonOf(n *syntax.Binary, left, right code) (code, error) {
	a, b := left.typ.Underlying(), right.typ.Underlying()
	ordered := isNumber(a) && isNumber(b) || a == b && (a == DateTime || a == TimeSpan)
	if !ordered {
		return code{}, syntax.ErrorAt(n.At(), "%s cannot compare %s with %s", n.Op, left.typ, right.typ)
	}
	return both(left, right, Bool, func(l, r any) (any, error) {
		if l == nil || r == nil {
			return false, nil // as C#'s lifted comparison
		}
		return holds(n.Op, order(l, r)), nil
	}), nil
}

func order(l, r any) int {
	switch x := l.(type) {
	case time.Time:
		return x.Compare(r.(time.Time))
	case time.Duration:
		return sign(float64(x - r.(time.Duration)))
	}
	if typeOf(l) == Double || typeOf(r) == Double {
		return sign(float(l) - float(r))
	}
	a, b := integer(l), integer(r)
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

func sign(f float64) int {
	switch {
	case f < 0:
		return -1
	case f > 0:
		return 1
	}
	return 0
}

func holds(op string, order int) bool {
	switch op {
	case "<":
		return order < 0
	case "<=":
		return order <= 0
	case ">":
		return order > 0
	}
	return order >= 0
}

func (c *compiler) interpolated(n *syntax.Interpolated) (code, error) {
	parts := make([]code, len(n.Parts))
	for i, part := range n.Parts {
		var err error
		if parts[i], err = c.node(part); err != nil {
			return code{}, err
		}
	}
	return code{String, func(f *frame) (any, error) {
		var b strings.Builder
		for _, part := range parts {
			v, err := part.eval(f)
			if err != nil {
				return nil, err
			}
			b.WriteString(Text(v))
		}
		s, err := limited(b.String())
		return s, located(err, n.At())
	}}, nil
}
