package reference

import (
	"context"

	"github.com/revocheck/revocheck/reference/store"
)

// opened is the server-side session store: a token is alive while its row is.
type opened struct {
	stateless
	p    *process
	rows store.Sessions
}

func sessions(p *process) strategy {
	return opened{p: p, rows: store.BreakableSessions{Sessions: p.sessions, Breakable: p.link}}
}

func (o opened) issued(ctx context.Context, c *call) error {
	return o.rows.Open(ctx, o.p.key(c), c.token.Subject, o.p.ttl(c.token))
}

func (o opened) check(ctx context.Context, c *call) error {
	active, err := o.rows.Active(ctx, o.p.key(c))
	if err == nil && !active {
		return errRevoked
	}
	return err
}

func (o opened) end(ctx context.Context, c *call) error {
	if o.p.cfg.LogoutScope == ScopeUser {
		return o.rows.EndUser(ctx, c.token.Subject)
	}
	return o.p.list.Add(ctx, o.p.key(c), o.p.ttl(c.token))
}
