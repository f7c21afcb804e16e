package concurrency

import (
	"context"
	"time"

	"github.com/revocheck/revocheck/reference/internal/fault"
	"github.com/revocheck/revocheck/reference/internal/gateway"
	"github.com/revocheck/revocheck/reference/store"
)

var trackedFaults = []fault.Fault{
	{Name: "signature-cache-outlives-revocation", Summary: "A token that was served once is taken from a cache, before its revocation is looked up.", Plant: fault.Each(serveRemembered)},
	{Name: "tracked-cache-serves-own-logout", Summary: "Each replica keeps what the store said of a token until another replica changes it; its own logouts change nothing.", Plant: trackOthersOnly},
}

func serveRemembered(p *gateway.Process) {
	check, served := p.Check, &fault.Notes[bool]{}
	p.Check = func(ctx context.Context, c *gateway.Call) error {
		if served.Get(c.Raw) {
			return nil
		}
		err := check(ctx, c)
		served.Put(c.Raw, err == nil)
		return err
	}
}

// trackOthersOnly tells a replica's cache of the writes of the other ones.
func trackOthersOnly(*gateway.Site) func(*gateway.Process) {
	var all fault.Notes[[]*tracked]
	return func(p *gateway.Process) {
		own := &tracked{List: p.List}
		all.Update("", func(old []*tracked) []*tracked { return append(old, own) })
		own.others = func() []*tracked { return all.Get("") }
		p.List = own
	}
}

// tracked is a list with a cache of keys that it did not have.
type tracked struct {
	store.List
	absent fault.Notes[bool]
	others func() []*tracked
}

func (l *tracked) Add(ctx context.Context, key string, ttl time.Duration) error {
	err := l.List.Add(ctx, key, ttl)
	for _, other := range l.others() {
		if other != l {
			other.absent.Put(key, false)
		}
	}
	return err
}

func (l *tracked) Has(ctx context.Context, key string) (bool, error) {
	if l.absent.Get(key) {
		return false, nil
	}
	has, err := l.List.Has(ctx, key)
	l.absent.Put(key, err == nil && !has)
	return has, err
}
