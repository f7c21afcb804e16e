package strategy

import "context"

// opened is the server-side session store: a token is alive while its row is.
type opened struct {
	stateless
	Resources
}

func serverStore(with Resources) Strategy { return opened{Resources: with} }

// Issued opens a session.
func (o opened) Issued(ctx context.Context, s Session) error {
	return o.Sessions.Open(ctx, s.Key(), s.Token.Subject, o.TTL(s.Token))
}

// Alive asks for the token's row.
func (o opened) Alive(ctx context.Context, s Session) (bool, error) {
	return o.Sessions.Active(ctx, s.Key())
}

// End marks the row, or all of the user's, as inactive.
func (o opened) End(ctx context.Context, s Session) error {
	if o.UserScope {
		return o.Sessions.EndUser(ctx, s.Token.Subject)
	}
	return o.List.Add(ctx, s.Key(), o.TTL(s.Token))
}
