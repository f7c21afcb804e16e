package reference

import (
	"context"

	"github.com/revocheck/revocheck/reference/token"
)

// strategy is what a logout does, and what a call is held against.
type strategy interface {
	// stamp adds to the claims of a token that is about to be signed.
	stamp(ctx context.Context, claims map[string]any) error
	// issued records a token that was just signed.
	issued(ctx context.Context, c *call) error
	// check is errRevoked for a token that was ended, nil for a live one. Any
	// other error means that the store could not tell.
	check(ctx context.Context, c *call) error
	// end ends the token, and returns once that will hold.
	end(ctx context.Context, c *call) error
}

// call is a request on its way through the gateway, with the token it showed.
// At a login, it is the token it gets.
type call struct {
	credential
	token *token.Token
}

var strategies = []struct {
	Info
	build func(*process) strategy
}{
	{Info{"client-side", "Logout tells the client to forget the token; a copy stays good until it expires."}, forget},
	{Info{"short-expiry", "Logout does nothing; tokens live for a minute at most."}, forget},
	{Info{"server-store", "Every token is a row in a SQL table, which logout marks inactive; one look-up a call."}, sessions},
	{Info{"denylist", "Logout puts the token's iss and jti in a list until it would have expired; one look-up a call."}, denylist},
	{Info{"not-before", "Logout moves the user's cut-off: every token issued before it is refused."}, notBefore},
}

// Strategies lists the ways in which the gateway can end a token.
func Strategies() []Info {
	list := make([]Info, len(strategies))
	for i, s := range strategies {
		list[i] = s.Info
	}
	return list
}

func buildStrategy(p *process) strategy {
	for _, s := range strategies {
		if s.Name != p.cfg.Strategy {
			continue
		}
		if p.cfg.MarkStore {
			return marked{s.build(p), p}
		}
		return s.build(p)
	}
	return nil
}

// stateless is a strategy that keeps nothing and ends nothing.
type stateless struct{}

func forget(*process) strategy { return stateless{} }

func (stateless) stamp(context.Context, map[string]any) error { return nil }
func (stateless) issued(context.Context, *call) error         { return nil }
func (stateless) check(context.Context, *call) error          { return nil }
func (stateless) end(context.Context, *call) error            { return nil }
