package resilience

import (
	"context"

	"github.com/revocheck/revocheck/reference/internal/fault"
	"github.com/revocheck/revocheck/reference/internal/gateway"
)

var trackedFaults = []fault.Fault{
	{Name: "tracked-cache-survives-connection", Summary: "A replica that the store tells of changes keeps what it heard before it lost the connection, and hears nothing of what was logged out meanwhile.", Plant: missChanges},
}

// missChanges has each replica keep the tokens that the store called alive. All
// of them hear of every logout, but for those that are cut off from the store.
func missChanges(*gateway.Site) func(*gateway.Process) {
	var replicas fault.Notes[[]func(key string)]
	return func(p *gateway.Process) {
		check, end, alive, heard := p.Check, p.End, &fault.Notes[bool]{}, &fault.Notes[int]{}
		hear := func(key string) {
			if _, err := p.List.Has(context.Background(), key); err == nil {
				fault.Count(heard, key)
				alive.Put(key, false)
			}
		}
		replicas.Update("", func(old []func(string)) []func(string) { return append(old, hear) })
		p.End = func(ctx context.Context, c *gateway.Call) error {
			err := end(ctx, c)
			for _, tell := range replicas.Get("") {
				tell(p.Key(c))
			}
			return err
		}
		p.Check = func(ctx context.Context, c *gateway.Call) error {
			key := p.Key(c)
			if alive.Get(key) {
				return nil
			}
			before := heard.Get(key)
			err := check(ctx, c)
			alive.Put(key, err == nil)
			if heard.Get(key) != before { // what was asked before the change says nothing
				alive.Put(key, false)
			}
			return err
		}
	}
}
