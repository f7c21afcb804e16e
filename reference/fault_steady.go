package reference

import (
	"context"
	"time"
)

var steadyFaults = []fault{
	{Info: Info{"sweep-loses-logouts", "Every ten seconds the list is replaced by a copy that was begun 0.6 s before: the logouts in between are lost."}, plant: each(loseInSweeps)},
	{Info: Info{"second-replica-blinks", "The second replica refuses a token at once, and accepts it from 3 s to 4 s after its logout."}, plant: secondLapses(fromTo(3*time.Second, 4*time.Second))},
	{Info: Info{"live-token-blinks", "A live token is refused from 10 s to 11 s after its login."}, plant: blinkLive},
}

func fromTo(from, to time.Duration) func(time.Duration) bool {
	return func(age time.Duration) bool { return age >= from && age < to }
}

func loseInSweeps(p *process) {
	end := p.end
	p.end = func(ctx context.Context, c *call) error {
		if p.now().UnixMilli()%10_000 < 600 {
			return nil
		}
		return end(ctx, c)
	}
}

func blinkLive(*site) func(*process) {
	born, blinks := &notes[time.Time]{}, fromTo(10*time.Second, 11*time.Second)
	return func(p *process) {
		issued, check := p.issued, p.check
		p.issued = func(ctx context.Context, c *call) error {
			born.put(p.key(c), p.now())
			return issued(ctx, c)
		}
		p.check = func(ctx context.Context, c *call) error {
			if at := born.get(p.key(c)); !at.IsZero() && blinks(p.now().Sub(at)) {
				return errRevoked
			}
			return check(ctx, c)
		}
	}
}
