package strategy

import (
	"context"

	"github.com/revocheck/revocheck/reference/token"
)

// generationClaim tells apart the tokens of a user before and after a logout.
// The claim iat cannot: it counts whole seconds.
const generationClaim = "gen"

// cutOff ends every session of a user: logout raises the least generation
// that is accepted above the one of the token.
type cutOff struct {
	stateless
	Resources
	user func(subject string) string
}

// NotBefore is the strategy not-before: logout moves the user's cut-off.
func NotBefore(with Resources) Strategy {
	if with.UserKey != nil {
		return CutOff(with, with.UserKey)
	}
	return CutOff(with, func(subject string) string { return Digest("user", subject) })
}

// CutOff is not-before with cut-offs of its own: user is the key under which
// the one of a subject is kept.
func CutOff(with Resources, user func(subject string) string) Strategy {
	return cutOff{Resources: with, user: user}
}

// Stamp gives the token the generation of its user.
func (s cutOff) Stamp(ctx context.Context, claims map[string]any) error {
	subject, _ := claims["sub"].(string)
	number, err := s.Generations.Join(ctx, s.user(subject), s.TTL(draft(claims)))
	if err != nil {
		return err
	}
	if _, given := claims[generationClaim]; !given {
		claims[generationClaim] = number
	}
	return nil
}

// Alive compares the token's generation with the least that is accepted.
func (s cutOff) Alive(ctx context.Context, session Session) (bool, error) {
	least, err := s.Generations.Generation(ctx, s.user(session.Token.Subject))
	return Generation(session.Token) >= least, err
}

// End never moves a cut-off back: the logout of an old token ends no newer
// session.
func (s cutOff) End(ctx context.Context, session Session) error {
	t := session.Token
	return s.Generations.Raise(ctx, s.user(t.Subject), Generation(t)+1, s.TTL(t))
}

// Generation is the one that a token was issued in; 0 if it has none.
func Generation(t *token.Token) int64 {
	number, _ := t.Number(generationClaim)
	return int64(number)
}
