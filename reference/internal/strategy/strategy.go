// Package strategy holds the ways in which a gateway can end a token, one in
// each file. They know nothing of HTTP: what they store goes through the
// interfaces of reference/store.
package strategy

import (
	"context"
	"io"
	"time"

	"github.com/revocheck/revocheck/reference/store"
	"github.com/revocheck/revocheck/reference/token"
)

// Strategy is what a logout does, and what a call is held against. An error
// means that the store could not be asked.
type Strategy interface {
	// Stamp adds to the claims of a token that is about to be signed.
	Stamp(ctx context.Context, claims map[string]any) error
	// Issued records a token that was just signed.
	Issued(ctx context.Context, s Session) error
	// Alive is false for a token that was ended.
	Alive(ctx context.Context, s Session) (bool, error)
	// End ends the token, and returns once that will hold.
	End(ctx context.Context, s Session) error
}

// Session is one login: its token, and the key under which a store knows it.
// The key is made when it is asked for, since not every strategy needs one.
type Session struct {
	Token *token.Token
	Key   func() string
}

// Resources are what a strategy works with.
type Resources struct {
	List        store.List // of the tokens that were ended
	Generations store.Generations
	Sessions    store.Sessions // nil unless the store has them
	// TTL is how long what is recorded of a token is kept.
	TTL func(*token.Token) time.Duration
	// UserKey is under which the cut-off of a subject is kept; nil for a digest.
	UserKey func(subject string) string
	// Random is where marks come from; nil for crypto/rand.
	Random io.Reader
	// UserScope is true where a logout ends every session of its user.
	UserScope bool
}

// Known is a strategy that can be chosen by its name.
type Known struct {
	Name, Summary string
	New           func(Resources) Strategy
}

// All lists the strategies.
func All() []Known {
	return []Known{
		{"client-side", "Logout tells the client to forget the token; a copy stays good until it expires.", none},
		{"short-expiry", "Logout does nothing; tokens live for a minute at most.", none},
		{"server-store", "Every token is a row in a SQL table, which logout marks inactive; one look-up a call.", serverStore},
		{"denylist", "Logout puts the token's iss and jti in a list until it would have expired; one look-up a call.", denylist},
		{"not-before", "Logout moves the user's cut-off: every token issued before it is refused.", NotBefore},
	}
}

// Names lists the names of the strategies.
func Names() []string {
	var names []string
	for _, s := range All() {
		names = append(names, s.Name)
	}
	return names
}

// New makes the strategy of that name; nil if there is none.
func New(name string, with Resources) Strategy {
	for _, s := range All() {
		if s.Name == name {
			return s.New(with)
		}
	}
	return nil
}
