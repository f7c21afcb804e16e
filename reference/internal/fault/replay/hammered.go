package replay

import (
	"context"
	"errors"
	"time"

	"github.com/revocheck/revocheck/reference/internal/fault"
	"github.com/revocheck/revocheck/reference/internal/gateway"
)

var hammeredFaults = []fault.Fault{
	{Name: "revives-after-100-replays", Summary: "A dead token that is replayed more than 100 times is accepted again.", Plant: slip(afterHundred)},
	{Name: "busy-token-cached", Summary: "A token that was accepted 100 times is served from a cache for 5 s at a time.", Plant: fault.Each(cacheBusy)},
	{Name: "slips-one-in-100", Summary: "Of the calls with a dead token, every hundredth is served.", Plant: slip(oneInHundred)},
}

// slip accepts some refused calls, chosen by how many were refused before.
func slip(chosen func(refused *fault.Notes[int], key string) bool) fault.Planting {
	return func(*gateway.Site) func(*gateway.Process) {
		refused := &fault.Notes[int]{}
		return func(p *gateway.Process) {
			check := p.Check
			p.Check = func(ctx context.Context, c *gateway.Call) error {
				err := check(ctx, c)
				if errors.Is(err, gateway.ErrRevoked) && chosen(refused, p.Key(c)) {
					return nil
				}
				return err
			}
		}
	}
}

func afterHundred(refused *fault.Notes[int], key string) bool { return fault.Count(refused, key) > 100 }

// oneInHundred counts each token by itself: which of several tokens a call
// under way meets is left to chance.
func oneInHundred(refused *fault.Notes[int], key string) bool {
	return fault.Count(refused, key)%100 == 0
}

func cacheBusy(p *gateway.Process) {
	const busy, kept = 100, 5 * time.Second
	check, calls, cached := p.Check, &fault.Notes[int]{}, &fault.Notes[time.Time]{}
	p.Check = func(ctx context.Context, c *gateway.Call) error {
		key := p.Key(c)
		if fault.Within(p.Now(), cached.Get(key), kept) {
			return nil
		}
		err := check(ctx, c)
		if err == nil && fault.Count(calls, key) > busy {
			cached.Put(key, p.Now())
		}
		return err
	}
}
