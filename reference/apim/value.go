package apim

import (
	"fmt"
	"math"

	"github.com/revocheck/revocheck/reference/apim/expr"
)

// value is an attribute or a text: a literal, or an expression.
type value struct {
	set     bool // given in the document
	literal any
	program *expr.Program
	source  string // the element, for context.LastError
}

func (v value) isExpression() bool { return v.program != nil }

// eval fails with a fault of status 500, as APIM does.
func (v value) eval(x *exchange) (any, error) {
	if v.program == nil {
		return v.literal, nil
	}
	result, err := v.program.Eval(x.ctx)
	if err != nil {
		return nil, internal(v.source, "ExpressionValueEvaluationFailure", fmt.Errorf("expression evaluation failed: %w", err))
	}
	return result, nil
}

// text is the value as a string; null is empty.
func (v value) text(x *exchange) (string, error) {
	result, err := v.eval(x)
	return expr.Text(result), err
}

func (v value) integer(x *exchange) (int, error) {
	result, err := v.eval(x)
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

func (v value) boolean(x *exchange) (bool, error) {
	result, err := v.eval(x)
	b, _ := result.(bool)
	return b, err
}
