package expr

import (
	"math"
	"time"
)

// arithmetic compiles + - * / % on numbers, + on strings, and the few
// operations on times that C# has.
func arithmetic(n *binary, left, right code) (code, error) {
	if n.op == "+" && (left.typ == String || right.typ == String) {
		return concatenation(n, left, right), nil
	}
	if isNumber(left.typ) && isNumber(right.typ) {
		return numeric(n, left, right), nil
	}
	return temporal(n, left, right)
}

func concatenation(n *binary, left, right code) code {
	return both(left, right, String, func(l, r any) (any, error) {
		a, b := Text(l), Text(r)
		if len(a)+len(b) > MaxString {
			return nil, errorAt(n.at(), "%s", errTooLong)
		}
		return a + b, nil
	})
}

func numeric(n *binary, left, right code) code {
	typ := Int
	if rank[left.typ] > rank[typ] {
		typ = left.typ
	}
	if rank[right.typ] > rank[typ] {
		typ = right.typ
	}
	return both(left, right, typ, func(l, r any) (any, error) {
		if typ == Double {
			return floating(n.op, float(l), float(r)), nil
		}
		a, b := integer(l), integer(r)
		if b == 0 && (n.op == "/" || n.op == "%") {
			return nil, errorAt(n.at(), "DivideByZeroException")
		}
		return convert(whole(n.op, a, b), typ), nil // wraps, as C# does unchecked
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
func temporal(n *binary, left, right code) (code, error) {
	a, b := underlying(left.typ), underlying(right.typ)
	result := Type("")
	switch {
	case n.op == "-" && a == DateTime && b == DateTime:
		result = TimeSpan
	case (n.op == "+" || n.op == "-") && b == TimeSpan && (a == DateTime || a == TimeSpan):
		result = a
	default:
		return code{}, errorAt(n.at(), "%s has no meaning for %s and %s", n.op, left.typ, right.typ)
	}
	if a != left.typ || b != right.typ {
		result = nullable(result)
	}
	return both(left, right, result, func(l, r any) (any, error) {
		if l == nil || r == nil {
			return nil, nil
		}
		return shift(n.op, l, r), nil
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
