package gateway

import (
	"context"
	"time"

	"github.com/revocheck/revocheck/reference/internal/strategy"
	"github.com/revocheck/revocheck/reference/store"
	"github.com/revocheck/revocheck/reference/token"
)

// Call is a request on its way through the gateway, with the token it showed.
// At a login, it is the token it gets.
type Call struct {
	Credential
	Token *token.Token
}

// Resources are what the strategy of this process works with. A fault may
// replace the list, the time to live and the key later: each is looked up when
// it is used.
func (p *Process) Resources() strategy.Resources {
	return strategy.Resources{
		List: currentList{p}, Generations: p.Link, Sessions: store.BreakableSessions{Sessions: p.sessions, Breakable: p.Link},
		TTL:       func(t *token.Token) time.Duration { return p.TTL(t) },
		UserScope: p.Config.LogoutScope == ScopeUser,
	}
}

func (p *Process) session(c *Call) strategy.Session {
	return strategy.Session{Token: c.Token, Key: func() string { return p.Key(c) }}
}

// currentList is the list that a process has at the time.
type currentList struct{ p *Process }

// Add adds to the list.
func (l currentList) Add(ctx context.Context, key string, ttl time.Duration) error {
	return l.p.List.Add(ctx, key, ttl)
}

// Has looks into the list.
func (l currentList) Has(ctx context.Context, key string) (bool, error) {
	return l.p.List.Has(ctx, key)
}
