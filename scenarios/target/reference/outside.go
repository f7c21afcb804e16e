package reference

import (
	"errors"
	"net/url"
	"sync/atomic"
	"time"

	"github.com/google/uuid"

	"github.com/revocheck/revocheck/scenarios"
)

// Outside is what is known of a store outside this process. The zero value is
// one to which nothing can be done.
type Outside struct {
	// Powers over the store, which all instances of the target share.
	Powers scenarios.StorePowers
	// Survives lists what acknowledged logouts survive.
	Survives []scenarios.Event
}

func (o Outside) declared(c scenarios.Contract) scenarios.Contract {
	if len(o.Survives) > 0 {
		c.Survives = o.Survives
	}
	return c
}

// over adds the powers over the store to those over an instance, which can cut
// a replica off from whatever store it has. What is returned mends what a
// scenario that was stopped has left broken.
func (o Outside) over(p scenarios.Powers) (scenarios.Powers, func() error) {
	if o.Powers.MendStore == nil {
		return p, func() error { return nil }
	}
	h := &harm{mend: o.Powers.MendStore}
	partition, mend := p.PartitionStore, p.MendStore
	p.StorePowers = o.Powers
	p.PartitionStore = partition
	p.BreakStore, p.ResetStore, p.FillStore = h.noted(o.Powers.BreakStore), h.noted(o.Powers.ResetStore), h.noted(o.Powers.FillStore)
	if slow := o.Powers.SlowStore; slow != nil {
		p.SlowStore = func(by time.Duration) error { h.done.Store(true); return slow(by) }
	}
	p.MendStore = func() error { h.done.Store(false); return errors.Join(mend(), o.Powers.MendStore()) }
	return p, h.undo
}

// harm is whether something was done to a store, and not taken back.
type harm struct {
	done atomic.Bool
	mend func() error
}

func (h *harm) noted(power func() error) func() error {
	if power == nil {
		return nil
	}
	return func() error { h.done.Store(true); return power() }
}

func (h *harm) undo() error {
	if h.done.Swap(false) {
		return h.mend()
	}
	return nil
}

// SharesStore reports whether the instances use one store: one outside this
// process.
func (t *Target) SharesStore() bool { return external(t.config.Store) }

// apart gives an instance keys of its own in a store that others use too.
func apart(store string) string {
	u, err := url.Parse(store)
	if err != nil {
		return store // what opens it says what is wrong
	}
	q := u.Query()
	if !q.Has("namespace") {
		q.Set("namespace", uuid.NewString())
	}
	u.RawQuery = q.Encode()
	return u.String()
}
