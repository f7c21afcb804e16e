package reference

import (
	"context"
)

// generationClaim tells apart the tokens of a user before and after a logout.
// The claim iat cannot: it counts whole seconds.
const generationClaim = "gen"

// cutoff ends every session of a user: logout raises the least generation
// that is accepted above the one of the token.
type cutoff struct {
	stateless
	p    *process
	user func(subject string) string
}

func notBefore(p *process) strategy {
	return cutoff{p: p, user: func(subject string) string { return digest("user", subject) }}
}

func (s cutoff) stamp(ctx context.Context, claims map[string]any) error {
	subject, _ := claims["sub"].(string)
	number, err := s.p.link.Join(ctx, s.user(subject), s.p.ttl(draft(claims)))
	if err != nil {
		return err
	}
	if _, given := claims[generationClaim]; !given {
		claims[generationClaim] = number
	}
	return nil
}

func (s cutoff) check(ctx context.Context, c *call) error {
	least, err := s.p.link.Generation(ctx, s.user(c.token.Subject))
	if err == nil && generationOf(c) < least {
		return errRevoked
	}
	return err
}

// end never moves a cut-off back: the logout of an old token ends no newer
// session.
func (s cutoff) end(ctx context.Context, c *call) error {
	return s.p.link.Raise(ctx, s.user(c.token.Subject), generationOf(c)+1, s.p.ttl(c.token))
}

func generationOf(c *call) int64 {
	number, _ := c.token.Number(generationClaim)
	return int64(number)
}
