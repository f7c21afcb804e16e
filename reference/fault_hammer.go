package reference

import (
	"context"
	"errors"
	"time"
)

var hammerFaults = []fault{
	{Name: "revives-after-100-replays", Summary: "A dead token that is replayed more than 100 times is accepted again.", plant: slip(afterHundred)},
	{Name: "busy-token-cached", Summary: "A token that was accepted 100 times is served from a cache for 5 s at a time.", plant: each(cacheBusy)},
	{Name: "slips-one-in-100", Summary: "Of the calls with a dead token, every hundredth is served.", plant: slip(oneInHundred)},
}

// slip accepts some refused calls, chosen by how many were refused before.
func slip(chosen func(refused *notes[int], key string) bool) planting {
	return func(*site) func(*process) {
		refused := &notes[int]{}
		return func(p *process) {
			check := p.check
			p.check = func(ctx context.Context, c *call) error {
				err := check(ctx, c)
				if errors.Is(err, errRevoked) && chosen(refused, p.key(c)) {
					return nil
				}
				return err
			}
		}
	}
}

func afterHundred(refused *notes[int], key string) bool { return count(refused, key) > 100 }

// oneInHundred counts each token by itself: which of several tokens a call
// under way meets is left to chance.
func oneInHundred(refused *notes[int], key string) bool { return count(refused, key)%100 == 0 }

func cacheBusy(p *process) {
	const busy, kept = 100, 5 * time.Second
	check, calls, cached := p.check, &notes[int]{}, &notes[time.Time]{}
	p.check = func(ctx context.Context, c *call) error {
		key := p.key(c)
		if within(p.now(), cached.get(key), kept) {
			return nil
		}
		err := check(ctx, c)
		if err == nil && count(calls, key) > busy {
			cached.put(key, p.now())
		}
		return err
	}
}
