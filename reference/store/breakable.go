package store

import (
	"context"
	"sync/atomic"
	"time"
)

// Breakable is a store that can be made unreachable, for stores that live in
// the process and have no connection to cut.
type Breakable struct {
	Store
	broken atomic.Bool
}

var _ Store = (*Breakable)(nil)

// NewBreakable wraps a store, which is reachable at first.
func NewBreakable(s Store) *Breakable { return &Breakable{Store: s} }

// Break makes every use of the store fail with ErrUnreachable.
func (b *Breakable) Break() { b.broken.Store(true) }

// Mend makes the store reachable again. It has kept what it held.
func (b *Breakable) Mend() { b.broken.Store(false) }

func (b *Breakable) reach() error {
	if b.broken.Load() {
		return ErrUnreachable
	}
	return nil
}

// Add implements List.
func (b *Breakable) Add(ctx context.Context, key string, ttl time.Duration) error {
	if err := b.reach(); err != nil {
		return err
	}
	return b.Store.Add(ctx, key, ttl)
}

// Has implements List.
func (b *Breakable) Has(ctx context.Context, key string) (bool, error) {
	if err := b.reach(); err != nil {
		return false, err
	}
	return b.Store.Has(ctx, key)
}

// Join implements Generations.
func (b *Breakable) Join(ctx context.Context, user string, ttl time.Duration) (int64, error) {
	if err := b.reach(); err != nil {
		return 0, err
	}
	return b.Store.Join(ctx, user, ttl)
}

// Generation implements Generations.
func (b *Breakable) Generation(ctx context.Context, user string) (int64, error) {
	if err := b.reach(); err != nil {
		return 0, err
	}
	return b.Store.Generation(ctx, user)
}

// Raise implements Generations.
func (b *Breakable) Raise(ctx context.Context, user string, to int64, ttl time.Duration) error {
	if err := b.reach(); err != nil {
		return err
	}
	return b.Store.Raise(ctx, user, to, ttl)
}

// Len implements Store.
func (b *Breakable) Len(ctx context.Context) (int, error) {
	if err := b.reach(); err != nil {
		return 0, err
	}
	return b.Store.Len(ctx)
}

// BreakableSessions are sessions of a store that can be made unreachable.
type BreakableSessions struct {
	Sessions
	*Breakable
}

// Open implements Sessions.
func (b BreakableSessions) Open(ctx context.Context, key, user string, ttl time.Duration) error {
	if err := b.reach(); err != nil {
		return err
	}
	return b.Sessions.Open(ctx, key, user, ttl)
}

// Active implements Sessions.
func (b BreakableSessions) Active(ctx context.Context, key string) (bool, error) {
	if err := b.reach(); err != nil {
		return false, err
	}
	return b.Sessions.Active(ctx, key)
}

// EndUser implements Sessions.
func (b BreakableSessions) EndUser(ctx context.Context, user string) error {
	if err := b.reach(); err != nil {
		return err
	}
	return b.Sessions.EndUser(ctx, user)
}
