// Package limit holds the policies that count calls by key.
package limit

import (
	"github.com/revocheck/revocheck/reference/apim/counter"
	"github.com/revocheck/revocheck/reference/apim/policy"
)

// increment is the increment-condition and increment-count of a counter.
type increment struct {
	condition, count policy.Value
}

func loadIncrement(e *policy.Element) increment {
	return increment{e.Boolean("increment-condition", true), e.Integer("increment-count", 1)}
}

// postpones reports whether condition or count is an expression, which moves
// the increment to the end of outbound.
func (i increment) postpones() bool { return i.condition.IsExpression() || i.count.IsExpression() }

// lookThreshold is that of a policy that counts n at once. Refusing the call
// that would go over the limit is documented; for one that counts nothing,
// both comparisons agree with that.
func lookThreshold(n int, t counter.Threshold) counter.Threshold {
	if n < 1 {
		return t
	}
	return counter.AtLimit
}

// amount is how much this request counts.
func (i increment) amount(x *policy.Exchange) (int, error) {
	counts, err := i.condition.Boolean(x)
	if err != nil || !counts {
		return 0, err
	}
	return i.count.Integer(x)
}
