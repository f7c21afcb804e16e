package strategy

import (
	"math"
	"time"

	"github.com/revocheck/revocheck/reference/store"
	"github.com/revocheck/revocheck/reference/token"
)

// Truncation guards against validators that compare whole seconds.
const Truncation = time.Second

// Remaining is how long a token could still be accepted, rounded up to
// seconds, by a validator with the given leeway. What is longer than a Duration
// can be, 292 years, is as long as that.
func Remaining(t *token.Token, now time.Time, leeway time.Duration) time.Duration {
	if t.Expires.IsZero() {
		return store.Forever
	}
	left := min(t.Expires.Add(leeway+Truncation).Sub(now), math.MaxInt64-time.Second)
	return max((left+time.Second-1)/time.Second*time.Second, Truncation)
}

// draft is the token that claims would make, as far as its times matter.
func draft(claims map[string]any) *token.Token {
	t := &token.Token{}
	switch exp := claims["exp"].(type) {
	case int64:
		t.Expires = time.Unix(exp, 0)
	case float64:
		t.Expires = time.Unix(int64(exp), 0)
	case int:
		t.Expires = time.Unix(int64(exp), 0)
	}
	return t
}
