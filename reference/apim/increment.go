package apim

// increment is the increment-condition and increment-count of a counter.
type increment struct {
	condition, count value
}

func loadIncrement(e *element) increment {
	return increment{e.boolean("increment-condition", true), e.integer("increment-count", 1)}
}

// postpones reports whether condition or count is an expression, which moves
// the increment to the end of outbound.
func (i increment) postpones() bool { return i.condition.isExpression() || i.count.isExpression() }

// lookThreshold is that of a policy that counts n at once. Refusing the call
// that would go over the limit is documented; for one that counts nothing,
// both comparisons agree with that.
func lookThreshold(n int, t Threshold) Threshold {
	if n < 1 {
		return t
	}
	return AtLimit
}

// amount is how much this request counts.
func (i increment) amount(x *exchange) (int, error) {
	counts, err := i.condition.boolean(x)
	if err != nil || !counts {
		return 0, err
	}
	return i.count.integer(x)
}
