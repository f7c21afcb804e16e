package reference

import (
	"context"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"time"
)

var steadyFaults = []fault{
	{Name: "sweep-loses-logouts", Summary: "Every ten seconds a list of more than ten entries is replaced by a copy that was begun 1.2 s before: the logouts in between are lost.", plant: loseInSweeps},
	{Name: "second-replica-blinks", Summary: "The second replica refuses a token at once, and accepts it from 3 s to 4 s after its logout.", plant: secondLapses(fromTo(3*time.Second, 4*time.Second))},
	{Name: "live-token-blinks", Summary: "A live token is refused from 10 s to 11 s after its login.", plant: blinkLive},
	{Name: "other-doors-forget", Summary: "After 10 s a revocation holds for GET of the first route alone.", plant: lapsesFor(otherDoor)},
	{Name: "other-user-forgotten", Summary: "Revocations of bob's tokens end after 10 s.", plant: lapsesFor(func(c *call) bool { return c.token.Subject == "bob" })},
	{Name: "posted-before-check", Summary: "A POST reaches the backend before its token is looked up.", plant: each(forwardPostsFirst)},
	{Name: "logout-holds-up-others", Summary: "For 50 ms after a logout other users are refused, except for GET of the first route.", plant: holdUpOthers},
}

func otherDoor(c *call) bool {
	return c.request.Method != http.MethodGet || c.request.URL.Path != "/api/hello"
}

// lapsesFor has revocations end after 10 s, for some calls.
func lapsesFor(some func(*call) bool) planting {
	return func(s *site) func(*process) {
		list := &lapsing{List: s.list, now: s.cfg.Clock.Now, lapsed: func(time.Duration) bool { return false }}
		return func(p *process) {
			p.list = list
			skipping(func(c *call) bool {
				made := list.made.get(p.key(c))
				return some(c) && !made.IsZero() && !within(p.now(), made, 10*time.Second)
			})(p)
		}
	}
}

func forwardPostsFirst(p *process) {
	check := p.check
	p.check = func(ctx context.Context, c *call) error {
		err := check(ctx, c)
		if err != nil && c.request.Method == http.MethodPost {
			p.forward(httptest.NewRecorder(), c.request, c)
		}
		return err
	}
}

func holdUpOthers(*site) func(*process) {
	last := &notes[*call]{}
	at := &notes[time.Time]{}
	return func(p *process) {
		end, check := p.end, p.check
		p.end = func(ctx context.Context, c *call) error {
			last.put("", c)
			at.put("", p.now())
			return end(ctx, c)
		}
		p.check = func(ctx context.Context, c *call) error {
			by := last.get("")
			if by != nil && by.token.Subject != c.token.Subject && otherDoor(c) && within(p.now(), at.get(""), 50*time.Millisecond) {
				return errRevoked
			}
			return check(ctx, c)
		}
	}
}

func fromTo(from, to time.Duration) func(time.Duration) bool {
	return func(age time.Duration) bool { return age >= from && age < to }
}

func loseInSweeps(s *site) func(*process) {
	const small = 10 // a list that is copied at once
	began, copies, size := s.cfg.Clock.Now(), fromTo(8800*time.Millisecond, 10*time.Second), &atomic.Int64{}
	return func(p *process) {
		end := p.end
		p.end = func(ctx context.Context, c *call) error {
			if size.Add(1) > small && copies(p.now().Sub(began)%(10*time.Second)) {
				return nil
			}
			return end(ctx, c)
		}
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
