package retention

import (
	"context"
	"time"

	"github.com/revocheck/revocheck/reference/internal/fault"
	"github.com/revocheck/revocheck/reference/internal/gateway"
	"github.com/revocheck/revocheck/reference/store"
)

var lapseFaults = []fault.Fault{
	{Name: "revocation-gap", Summary: "A revocation shows at once, and is missing from 0.5 s to 0.8 s after its logout.", Plant: leaveGap},
	{Name: "other-doors-forget", Summary: "After 10 s a revocation holds for GET of the first route alone.", Plant: lapsesFor(fault.OtherEntryPoint)},
	{Name: "other-user-forgotten", Summary: "Revocations of bob's tokens end after 10 s.", Plant: lapsesFor(func(c *gateway.Call) bool { return c.Token.Subject == "bob" })},
	{Name: "second-replica-forgets", Summary: "The second replica forgets a revocation after 60 s.", Plant: secondLapses(func(age time.Duration) bool { return age >= time.Minute })},
	{Name: "second-replica-blinks", Summary: "The second replica refuses a token at once, and accepts it from 3 s to 4 s after its logout.", Plant: secondLapses(fromTo(3*time.Second, 4*time.Second))},
}

// lapsing is a list that knows when an entry was made.
type lapsing struct {
	store.List
	now  func() time.Time
	made fault.Notes[time.Time]
	// lapsed tells whether an entry of that age is missing.
	lapsed func(age time.Duration) bool
}

func (l *lapsing) Add(ctx context.Context, key string, ttl time.Duration) error {
	l.made.Update(key, func(first time.Time) time.Time {
		if first.IsZero() {
			return l.now()
		}
		return first
	})
	return l.List.Add(ctx, key, ttl)
}

func (l *lapsing) Has(ctx context.Context, key string) (bool, error) {
	has, err := l.List.Has(ctx, key)
	made := l.made.Get(key)
	return has && (made.IsZero() || !l.lapsed(l.now().Sub(made))), err
}

func leaveGap(s *gateway.Site) func(*gateway.Process) {
	list := &lapsing{List: s.List, now: s.Config.Clock.Now, lapsed: fromTo(500*time.Millisecond, 800*time.Millisecond)}
	return func(p *gateway.Process) { p.List = list }
}

// lapsesFor has revocations end after 10 s, for some calls.
func lapsesFor(some func(*gateway.Call) bool) fault.Planting {
	return func(s *gateway.Site) func(*gateway.Process) {
		list := &lapsing{List: s.List, now: s.Config.Clock.Now, lapsed: func(time.Duration) bool { return false }}
		return func(p *gateway.Process) {
			p.List = list
			fault.Skipping(func(c *gateway.Call) bool {
				made := list.made.Get(p.Key(c))
				return some(c) && !made.IsZero() && !fault.Within(p.Now(), made, 10*time.Second)
			})(p)
		}
	}
}

func fromTo(from, to time.Duration) func(time.Duration) bool {
	return func(age time.Duration) bool { return age >= from && age < to }
}

// secondLapses has the second replica miss revocations of a certain age.
func secondLapses(lapsed func(age time.Duration) bool) fault.Planting {
	return func(s *gateway.Site) func(*gateway.Process) {
		list := &lapsing{List: s.List, now: s.Config.Clock.Now, lapsed: func(time.Duration) bool { return false }}
		lapses := fault.SecondOnly(func(p *gateway.Process) {
			check := p.Check
			p.Check = func(ctx context.Context, c *gateway.Call) error {
				if made := list.made.Get(p.Key(c)); !made.IsZero() && lapsed(p.Now().Sub(made)) {
					return nil
				}
				return check(ctx, c)
			}
		})(s)
		return func(p *gateway.Process) {
			p.List = list
			lapses(p)
		}
	}
}
