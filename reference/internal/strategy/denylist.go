package strategy

import "context"

// listed is the deny-list: logout adds the token's key for as long as the
// token could still be accepted.
type listed struct {
	stateless
	Resources
}

func denylist(with Resources) Strategy {
	if with.UserScope {
		return NotBefore(with)
	}
	return listed{Resources: with}
}

// Alive looks for the token in the list.
func (l listed) Alive(ctx context.Context, s Session) (bool, error) {
	has, err := l.List.Has(ctx, s.Key())
	return !has, err
}

// End adds the token to the list.
func (l listed) End(ctx context.Context, s Session) error {
	return l.List.Add(ctx, s.Key(), l.TTL(s.Token))
}
