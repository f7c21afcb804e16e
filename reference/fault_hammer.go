package reference

import (
	"context"
	"errors"
	"time"
)

var hammerFaults = []Fault{
	{Name: "revives-after-100-replays", Summary: "A dead token that is replayed more than 100 times is accepted again.", Plant: slip(afterHundred)},
	{Name: "busy-token-cached", Summary: "A token that was accepted 100 times is served from a cache for 5 s at a time.", Plant: Each(cacheBusy)},
	{Name: "slips-one-in-100", Summary: "Of the calls with a dead token, every hundredth is served.", Plant: slip(oneInHundred)},
}

// slip accepts some refused calls, chosen by how many were refused before.
func slip(chosen func(refused *Notes[int], key string) bool) Planting {
	return func(*Site) func(*Process) {
		refused := &Notes[int]{}
		return func(p *Process) {
			check := p.Check
			p.Check = func(ctx context.Context, c *Call) error {
				err := check(ctx, c)
				if errors.Is(err, ErrRevoked) && chosen(refused, p.Key(c)) {
					return nil
				}
				return err
			}
		}
	}
}

func afterHundred(refused *Notes[int], key string) bool { return Count(refused, key) > 100 }

// oneInHundred counts each token by itself: which of several tokens a call
// under way meets is left to chance.
func oneInHundred(refused *Notes[int], key string) bool { return Count(refused, key)%100 == 0 }

func cacheBusy(p *Process) {
	const busy, kept = 100, 5 * time.Second
	check, calls, cached := p.Check, &Notes[int]{}, &Notes[time.Time]{}
	p.Check = func(ctx context.Context, c *Call) error {
		key := p.Key(c)
		if Within(p.Now(), cached.Get(key), kept) {
			return nil
		}
		err := check(ctx, c)
		if err == nil && Count(calls, key) > busy {
			cached.Put(key, p.Now())
		}
		return err
	}
}
