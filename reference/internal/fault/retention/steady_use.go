package retention

import (
	"context"
	"sync/atomic"
	"time"

	"github.com/revocheck/revocheck/reference/internal/fault"
	"github.com/revocheck/revocheck/reference/internal/gateway"
)

var steadyUseFaults = []fault.Fault{
	{Name: "sweep-loses-logouts", Summary: "Every ten seconds a list of more than ten entries is replaced by a copy that was begun 1.2 s before: the logouts in between are lost.", Plant: loseInSweeps},
	{Name: "live-token-blinks", Summary: "A live token is refused from 10 s to 11 s after its login.", Plant: blinkLive},
}

func loseInSweeps(s *gateway.Site) func(*gateway.Process) {
	const small = 10 // a list that is copied at once
	began, copies, size := s.Config.Clock.Now(), fromTo(8800*time.Millisecond, 10*time.Second), &atomic.Int64{}
	return func(p *gateway.Process) {
		end := p.End
		p.End = func(ctx context.Context, c *gateway.Call) error {
			if size.Add(1) > small && copies(p.Now().Sub(began)%(10*time.Second)) {
				return nil
			}
			return end(ctx, c)
		}
	}
}

func blinkLive(*gateway.Site) func(*gateway.Process) {
	born, blinks := &fault.Notes[time.Time]{}, fromTo(10*time.Second, 11*time.Second)
	return func(p *gateway.Process) {
		issued, check := p.Issued, p.Check
		p.Issued = func(ctx context.Context, c *gateway.Call) error {
			born.Put(p.Key(c), p.Now())
			return issued(ctx, c)
		}
		p.Check = func(ctx context.Context, c *gateway.Call) error {
			if at := born.Get(p.Key(c)); !at.IsZero() && blinks(p.Now().Sub(at)) {
				return gateway.ErrRevoked
			}
			return check(ctx, c)
		}
	}
}
