package expr

import (
	"math"
	"time"

	"github.com/revocheck/revocheck/reference/apim/expr/syntax"
)

// arithmetic compiles + - * / % on numbers, + on strings, and the few
// operations on times that C# has.
func arithmetic(n *syntax.Binary, left, right code) (code, error) {
	if n.Op == "+" && (left.typ == String || right.typ == String) {
		return concatenation(n, left, right), nil
	}
	if isNumber(left.typ) && isNumber(right.typ) {
		return numeric(n, left, right), nil
	}
	return temporal(n, left, right)
}

func concatenation(n *syntax.Binary, left, right code) code {
	return both(left, right, String, func(l, r any) (any, error) {
		a, b := Text(l), Text(r)
		if len(a)+len(b) > MaxString {
			return nil, syntax.ErrorAt(n.At(), "%s", errTooLong)
		}
		return a + b, nil
	})
}

func numeric(n *syntax.Binary, left, right code) code {
	typ := Int
	if rank[left.typ] > rank[typ] {
		typ = left.typ
	}
	if rank[right.typ] > rank[typ] {
		typ = right.typ
	}
	return both(left, right, typ, func(l, r any) (any, error) {
		if typ == Double {
			return floating(n.Op, float(l), float(r)), nil
		}
		a, b := integer(l), integer(r)
		if b == 0 && (n.Op == "/" || n.Op == "%") {
			return nil, syntax.ErrorAt(n.At(), "DivideByZeroException")
		}
		return convert(whole(n.Op, a, b), typ), nil // wraps, as C# does unchecked
	})
}

func whole(op string, a, b int64) int64 {
	switch op {
	case "+":
		return a + b
	case "-":
		return a - b
	case "*":
		return a * b
	case "/":
		return a / b
	}
	return a % b
}

func floating(op string, a, b float64) float64 {
	switch op {
	case "+":
		return a + b
	case "-":
		return a - b
	case "*":
		return a * b
	case "/":
		return a / b
	}
	return math.Mod(a, b)
}

// temporal is DateTime - DateTime, DateTime ± TimeSpan and TimeSpan ± TimeSpan,
// each also with a nullable operand, which makes the result nullable.
func temporal(n *syntax.Binary, left, right code) (code, error) {
	a, b := left.typ.Underlying(), right.typ.Underlying()
	result := Type("")
	switch {
	case n.Op == "-" && a == DateTime && b == DateTime:
		result = TimeSpan
	case (n.Op == "+" || n.Op == "-") && b == TimeSpan && (a == DateTime || a == TimeSpan):
		result = a
	default:
		return code{}, syntax.ErrorAt(n.At(), "%s has no meaning for %s and %s", n.Op, left.typ, right.typ)
	}
	if a != left.typ || b != right.typ {
		result = result.Nullable()
	}
	return both(left, right, result, func(l, r any) (any, error) {
		if l == nil || r == nil {
			return nil, nil
		}
		return shift(n.Op, l, r), nil
	}), nil
}

func shift(op string, l, r any) any {
	if t, ok := r.(time.Time); ok {
		return l.(time.Time).Sub(t)
	}
	d := r.(time.Duration)
	if op == "-" {
		d = -d
	}
	if t, ok := l.(time.Time); ok {
		return t.Add(d)
	}
	return l.(time.Duration) + d
}
