package gateway

import (
	"errors"
	"fmt"
	"time"

	"github.com/revocheck/revocheck/reference/store"
)

// Events are what a fault does when something happens to the store.
type Events struct {
	Restarted, FailedOver, Filled []func()
}

var errOutside = errors.New("the store is outside this process, and what happens to it is arranged there")

// BreakStore makes the store unreachable until MendStore. It is an error for
// a store outside this process, whose connection is cut by other means.
func (d *Deployment) BreakStore() error { return d.trouble((*store.Breakable).Break) }

// SlowStore makes every use of the store take so much longer until MendStore.
func (d *Deployment) SlowStore(by time.Duration) error {
	return d.trouble(func(b *store.Breakable) { b.Slow(by) })
}

// ResetStore breaks the connection in every use of the store until MendStore.
// The store does what it was asked for, and nobody learns of it.
func (d *Deployment) ResetStore() error { return d.trouble((*store.Breakable).Reset) }

// FillStore makes the store take no more writes until MendStore. It drops
// nothing to make room.
func (d *Deployment) FillStore() error {
	return d.trouble(func(b *store.Breakable) { b.Fill(); all(d.site.Events.Filled) })
}

// RestartStore restarts the store. It holds what it held before, or nothing if
// the configuration has it Volatile.
func (d *Deployment) RestartStore() (err error) {
	return errors.Join(d.trouble(func(b *store.Breakable) {
		b.Break()
		if d.site.Config.Volatile {
			err = b.Forget()
		}
		all(d.site.Events.Restarted)
		b.Mend()
	}), err)
}

// FailOverStore has a stand-in take over from the store. In this process it has
// every entry, so that a sound gateway loses nothing.
func (d *Deployment) FailOverStore() error {
	return d.trouble(func(b *store.Breakable) {
		b.Break()
		all(d.site.Events.FailedOver)
		b.Mend()
	})
}

// PartitionStore keeps replica i, counted from 0, from reaching the store
// until MendStore. The other replicas reach it, wherever it is.
func (d *Deployment) PartitionStore(i int) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if i < 0 || i >= len(d.replicas) {
		return fmt.Errorf("there is no replica %d; there are %d", i, len(d.replicas))
	}
	d.replicas[i].link.Break()
	return nil
}

// MendStore takes back what went wrong with the store and the ways to it. The
// store has kept what it held.
func (d *Deployment) MendStore() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, r := range d.replicas {
		r.link.Mend()
	}
	if d.store.breakable != nil {
		d.store.breakable.Mend()
	}
	return nil
}

func (d *Deployment) trouble(make func(*store.Breakable)) error {
	if d.store.breakable == nil {
		return errOutside
	}
	make(d.store.breakable)
	return nil
}

func all(do []func()) {
	for _, f := range do {
		f()
	}
}
