package policy

import (
	"fmt"
	"math"

	"github.com/revocheck/revocheck/reference/apim/expr"
)

// Value is an attribute or a text: a literal, or an expression.
type Value struct {
	Set     bool // given in the document
	Literal any
	program *expr.Program
	source  string // the element, for context.LastError
}

// IsExpression reports whether it is computed for each request.
func (v Value) IsExpression() bool { return v.program != nil }

// Eval fails with a fault of status 500, as APIM does.
func (v Value) Eval(x *Exchange) (any, error) {
	if v.program == nil {
		return v.Literal, nil
	}
	result, err := v.program.Eval(x.Context)
	if err != nil {
		return nil, Internal(v.source, "ExpressionValueEvaluationFailure", fmt.Errorf("expression evaluation failed: %w", err))
	}
	return result, nil
}

// Text is the value as a string; null is empty.
func (v Value) Text(x *Exchange) (string, error) {
	result, err := v.Eval(x)
	return expr.Text(result), err
}

// Integer is the value as a whole number.
func (v Value) Integer(x *Exchange) (int, error) {
	result, err := v.Eval(x)
	switch n := result.(type) {
	case int:
		return n, err
	case int32:
		return int(n), err
	case int64:
		return int(max(min(n, math.MaxInt32), math.MinInt32)), err
	}
	return 0, err
}

// Boolean is the value as a bool.
func (v Value) Boolean(x *Exchange) (bool, error) {
	result, err := v.Eval(x)
	b, _ := result.(bool)
	return b, err
}
