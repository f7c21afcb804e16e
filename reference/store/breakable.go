package store

import (
	"context"
	"fmt"
	"sync/atomic"
	"syscall"
	"time"
)

// ErrFull is the error of a write to a store that has no room left and does
// not drop what it holds.
var ErrFull = fmt.Errorf("%w: it is full and takes no writes", ErrUnreachable)

// Breakable is a store with which something can go wrong, for stores that live
// in the process and have no connection to cut.
type Breakable struct {
	Store
	now atomic.Pointer[trouble]
}

var _ Store = (*Breakable)(nil)

// trouble is what is wrong with a store. The zero value is nothing.
type trouble struct {
	down, lost, full bool
	delay            time.Duration
}

// NewBreakable wraps a store, with which nothing is wrong at first.
func NewBreakable(s Store) *Breakable { return &Breakable{Store: s} }

// Break makes every use of the store fail with ErrUnreachable.
func (b *Breakable) Break() { b.now.Store(&trouble{down: true}) }

// Slow makes every use of the store take so much longer. As with all time in
// this process it is not sat out: whoever would wait so long is delayed
// for a moment, and whoever would not is told at once that time is up.
func (b *Breakable) Slow(by time.Duration) { b.now.Store(&trouble{delay: by}) }

// Reset breaks the connection in every use of the store, after the store has
// done what it was asked for: nobody learns of it.
func (b *Breakable) Reset() { b.now.Store(&trouble{lost: true}) }

// Fill makes every write fail with ErrFull. What the store holds stays.
func (b *Breakable) Fill() { b.now.Store(&trouble{full: true}) }

// Mend takes back what went wrong. The store has kept what it held.
func (b *Breakable) Mend() { b.now.Store(nil) }

// forgetter is a store that can lose everything.
type forgetter interface{ Forget() error }

// Forget loses all that the store holds, as the restart of one that keeps
// nothing on disk does.
func (b *Breakable) Forget() error {
	if f, ok := b.Store.(forgetter); ok {
		return f.Forget()
	}
	return fmt.Errorf("a store of type %T cannot be made to forget", b.Store)
}

func (b *Breakable) read(ctx context.Context, use func() error) error {
	if t := b.now.Load(); t != nil {
		return t.meet(ctx, use)
	}
	return use()
}

func (b *Breakable) write(ctx context.Context, use func() error) error {
	if t := b.now.Load(); t != nil && t.full {
		return ErrFull
	}
	return b.read(ctx, use)
}

// meet uses the store as far as the trouble lets it.
func (t *trouble) meet(ctx context.Context, use func() error) error {
	if t.down {
		return ErrUnreachable
	}
	if err := t.wait(ctx); err != nil {
		return unreachable(err)
	}
	err := use()
	if t.lost {
		return unreachable(syscall.ECONNRESET)
	}
	return err
}

// moment is what is really waited for a slow store.
const moment = 10 * time.Millisecond

func (t *trouble) wait(ctx context.Context) error {
	if end, bounded := ctx.Deadline(); bounded && time.Until(end) < t.delay {
		return context.DeadlineExceeded
	}
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(min(t.delay, moment)):
		return nil
	}
}

// Add implements List.
func (b *Breakable) Add(ctx context.Context, key string, ttl time.Duration) error {
	return b.write(ctx, func() error { return b.Store.Add(ctx, key, ttl) })
}

// Has implements List.
func (b *Breakable) Has(ctx context.Context, key string) (has bool, err error) {
	err = b.read(ctx, func() error { has, err = b.Store.Has(ctx, key); return err })
	return has && err == nil, err
}

// Join implements Generations.
func (b *Breakable) Join(ctx context.Context, user string, ttl time.Duration) (n int64, err error) {
	err = b.write(ctx, func() error { n, err = b.Store.Join(ctx, user, ttl); return err })
	return n, err
}

// Generation implements Generations.
func (b *Breakable) Generation(ctx context.Context, user string) (n int64, err error) {
	err = b.read(ctx, func() error { n, err = b.Store.Generation(ctx, user); return err })
	return n, err
}

// Raise implements Generations.
func (b *Breakable) Raise(ctx context.Context, user string, to int64, ttl time.Duration) error {
	return b.write(ctx, func() error { return b.Store.Raise(ctx, user, to, ttl) })
}

// Len implements Store.
func (b *Breakable) Len(ctx context.Context) (n int, err error) {
	err = b.read(ctx, func() error { n, err = b.Store.Len(ctx); return err })
	return n, err
}

// BreakableSessions are sessions of a store with which something can go wrong.
type BreakableSessions struct {
	Sessions
	*Breakable
}

// Open implements Sessions.
func (b BreakableSessions) Open(ctx context.Context, key, user string, ttl time.Duration) error {
	return b.write(ctx, func() error { return b.Sessions.Open(ctx, key, user, ttl) })
}

// Active implements Sessions.
func (b BreakableSessions) Active(ctx context.Context, key string) (active bool, err error) {
	err = b.read(ctx, func() error { active, err = b.Sessions.Active(ctx, key); return err })
	return active && err == nil, err
}

// EndUser implements Sessions.
func (b BreakableSessions) EndUser(ctx context.Context, user string) error {
	return b.write(ctx, func() error { return b.Sessions.EndUser(ctx, user) })
}
