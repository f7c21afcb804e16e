package reference

import (
	"context"
	"time"

	"github.com/revocheck/revocheck/reference/internal/strategy"
	"github.com/revocheck/revocheck/reference/store"
	"github.com/revocheck/revocheck/reference/token"
)

// call is a request on its way through the gateway, with the token it showed.
// At a login, it is the token it gets.
type call struct {
	credential
	token *token.Token
}

// resources are what the strategy of this process works with. A fault may
// replace the list, the time to live and the key later: each is looked up when
// it is used.
func (p *process) resources() strategy.Resources {
	return strategy.Resources{
		List: currentList{p}, Generations: p.link, Sessions: store.BreakableSessions{Sessions: p.sessions, Breakable: p.link},
		TTL:       func(t *token.Token) time.Duration { return p.ttl(t) },
		UserScope: p.cfg.LogoutScope == ScopeUser,
	}
}

func (p *process) session(c *call) strategy.Session {
	return strategy.Session{Token: c.token, Key: func() string { return p.key(c) }}
}

// currentList is the list that a process has at the time.
type currentList struct{ p *process }

// Add adds to the list.
func (l currentList) Add(ctx context.Context, key string, ttl time.Duration) error {
	return l.p.list.Add(ctx, key, ttl)
}

// Has looks into the list.
func (l currentList) Has(ctx context.Context, key string) (bool, error) {
	return l.p.list.Has(ctx, key)
}
