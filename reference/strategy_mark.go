package reference

import (
	"context"
	"crypto/rand"
	"math/big"
	"time"
)

// markClaim ties a token to the mark that the store held when it was issued.
const markClaim = "mark"

// markName is under which the store keeps its mark.
var markName = digest("mark")

// largestMark is exact as a JSON number (RFC 8259, section 6).
var largestMark = big.NewInt(1<<53 - 1)

// marked refuses every token whose mark is not the store's. A store that lost
// the logouts has lost its mark with them and gets a new one: whoever was
// logged in must log in again, and nobody who was logged out comes back.
type marked struct {
	strategy
	p *process
}

func (m marked) stamp(ctx context.Context, claims map[string]any) error {
	mark, err := m.mark(ctx, m.p.ttl(draft(claims)))
	if err != nil {
		return err
	}
	claims[markClaim] = mark
	return m.strategy.stamp(ctx, claims)
}

// check asks for the mark last: a store that forgets between the two questions
// has forgotten the mark.
func (m marked) check(ctx context.Context, c *call) error {
	if err := m.strategy.check(ctx, c); err != nil {
		return err
	}
	mark, err := m.p.link.Generation(ctx, markName)
	if err != nil {
		return err
	}
	if had, _ := c.token.Number(markClaim); mark == 0 || int64(had) != mark {
		return errRevoked
	}
	return nil
}

// mark is the store's mark, which outlives ttl; a new one if it has none. Of
// two that replicas make at the same time, the store keeps the higher.
func (m marked) mark(ctx context.Context, ttl time.Duration) (int64, error) {
	mark, err := m.p.link.Join(ctx, markName, ttl)
	if err != nil || mark != 0 {
		return mark, err
	}
	fresh, err := rand.Int(rand.Reader, largestMark)
	if err != nil {
		return 0, err
	}
	if err := m.p.link.Raise(ctx, markName, fresh.Int64()+1, ttl); err != nil {
		return 0, err
	}
	return m.p.link.Join(ctx, markName, ttl)
}
