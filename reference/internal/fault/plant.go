package fault

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/revocheck/revocheck/reference/internal/gateway"
	"github.com/revocheck/revocheck/reference/store"
)

// Each plants a fault that replicas do not share.
func Each(plant func(*gateway.Process)) Planting {
	return func(*gateway.Site) func(*gateway.Process) { return plant }
}

// Unchecked plants a fault that skips the revocation check of some calls.
func Unchecked(skip func(*gateway.Call) bool) Planting { return Each(Skipping(skip)) }

// Skipping changes a process so that it does not check some calls for revocation.
func Skipping(skip func(*gateway.Call) bool) func(*gateway.Process) {
	return func(p *gateway.Process) {
		check := p.Check
		p.Check = func(ctx context.Context, c *gateway.Call) error {
			if skip(c) {
				return nil
			}
			return check(ctx, c)
		}
	}
}

// Where plants a fault for some of the requests: they are admitted by a second
// process that has it.
func Where(when func(*http.Request) bool, plant Planting) Planting {
	return func(s *gateway.Site) func(*gateway.Process) {
		loosen := plant(s)
		return func(p *gateway.Process) {
			careless, admit := *p, p.Admit
			loosen(&careless)
			p.Admit = func(r *http.Request) (*gateway.Call, error) {
				if when(r) {
					return careless.AdmitCall(r)
				}
				return admit(r)
			}
		}
	}
}

// WrapList puts a faulty list, shared by all replicas, before the real one.
func WrapList(wrap func(store.List) store.List) Planting {
	return func(s *gateway.Site) func(*gateway.Process) {
		list := wrap(s.List)
		return func(p *gateway.Process) { p.List = list }
	}
}

// KeyedBy plants a fault that knows tokens in the store by another key.
func KeyedBy(key func(*gateway.Call) string) Planting {
	return Each(func(p *gateway.Process) { p.Key = key })
}

// Overlap is long enough for what is under way at once to meet.
const Overlap = time.Millisecond

// SecondOnly plants a fault in the second replica, also when it is restarted.
func SecondOnly(plant func(*gateway.Process)) Planting {
	return func(*gateway.Site) func(*gateway.Process) {
		replicas := &Numbering{}
		return func(p *gateway.Process) {
			if replicas.Of(fmt.Sprintf("%p", p.Link)) == 2 {
				plant(p)
			}
		}
	}
}
