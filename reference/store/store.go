package store

import (
	"context"
	"errors"
	"time"
)

// Forever is the time to live of an entry that never ends.
const Forever time.Duration = -1

// ErrUnreachable is the error of a store that cannot be asked.
var ErrUnreachable = errors.New("the revocation store cannot be reached")

// List is a set of keys, each with an end of its own. A key is any bytes, and a
// string because that is what can be shared and compared without a copy.
type List interface {
	// Add puts the key in the list for ttl, or Forever. It returns once the
	// store holds it. An entry that has no time to live is not kept.
	Add(ctx context.Context, key string, ttl time.Duration) error
	// Has tells whether the key is in the list now.
	Has(ctx context.Context, key string) (bool, error)
}

// Generations counts, for each user, how often all sessions were ended. It
// tells apart the tokens before and after a logout, also within one second.
type Generations interface {
	// Join is the user's current generation, for a token that is about to be
	// issued. The record then outlives that token's ttl: once it is gone, no
	// token of the user is left, and counting can begin anew.
	Join(ctx context.Context, user string, ttl time.Duration) (int64, error)
	// Generation is the least generation whose tokens are alive; 0 for a user
	// without a record.
	Generation(ctx context.Context, user string) (int64, error)
	// Raise moves the generation up to at least the given one, never down,
	// and keeps the record for at least ttl.
	Raise(ctx context.Context, user string, to int64, ttl time.Duration) error
}

// Sessions knows each session that was opened.
type Sessions interface {
	// Open records a live session of the user.
	Open(ctx context.Context, key, user string, ttl time.Duration) error
	// Active tells whether the session was opened and has not been ended.
	Active(ctx context.Context, key string) (bool, error)
	// EndUser ends all sessions of a user.
	EndUser(ctx context.Context, user string) error
}

// Store is a List and Generations together.
type Store interface {
	List
	Generations
	// Len is the number of entries held, of every kind. Entries past their
	// end are not counted.
	Len(ctx context.Context) (int, error)
	// Close frees what the store holds.
	Close() error
}
