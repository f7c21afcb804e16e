package strategy

import (
	"context"
	"crypto/rand"
	"math/big"
	"time"
)

// markClaim ties a token to the mark that the store held when it was issued.
const markClaim = "mark"

// markName is under which the store keeps its mark.
var markName = Digest("mark")

// largestMark is exact as a JSON number (RFC 8259, section 6).
var largestMark = big.NewInt(1<<53 - 1)

// marked refuses every token whose mark is not the store's. A store that lost
// the logouts has lost its mark with them and gets a new one: whoever was
// logged in must log in again, and nobody who was logged out comes back.
type marked struct {
	Strategy
	with Resources
}

// Marked is a strategy for a store that a restart empties: it also ties each
// token to a mark in the store, and refuses it once the mark is another.
func Marked(s Strategy, with Resources) Strategy { return marked{s, with} }

// Stamp gives the token the store's mark.
func (m marked) Stamp(ctx context.Context, claims map[string]any) error {
	mark, err := m.mark(ctx, m.with.TTL(draft(claims)))
	if err != nil {
		return err
	}
	claims[markClaim] = mark
	return m.Strategy.Stamp(ctx, claims)
}

// Alive asks for the mark last: a store that forgets between the two questions
// has forgotten the mark.
func (m marked) Alive(ctx context.Context, s Session) (bool, error) {
	if alive, err := m.Strategy.Alive(ctx, s); err != nil || !alive {
		return false, err
	}
	mark, err := m.with.Generations.Generation(ctx, markName)
	had, _ := s.Token.Number(markClaim)
	return mark != 0 && int64(had) == mark, err
}

// mark is the store's mark, which outlives ttl; a new one if it has none. Of
// two that replicas make at the same time, the store keeps the higher.
func (m marked) mark(ctx context.Context, ttl time.Duration) (int64, error) {
	mark, err := m.with.Generations.Join(ctx, markName, ttl)
	if err != nil || mark != 0 {
		return mark, err
	}
	source := m.with.Random
	if source == nil {
		source = rand.Reader
	}
	fresh, err := rand.Int(source, largestMark)
	if err != nil {
		return 0, err
	}
	if err := m.with.Generations.Raise(ctx, markName, fresh.Int64()+1, ttl); err != nil {
		return 0, err
	}
	return m.with.Generations.Join(ctx, markName, ttl)
}
