package reference

import (
	"context"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"time"
)

var steadyFaults = []Fault{
	{Name: "sweep-loses-logouts", Summary: "Every ten seconds a list of more than ten entries is replaced by a copy that was begun 1.2 s before: the logouts in between are lost.", Plant: loseInSweeps},
	{Name: "second-replica-blinks", Summary: "The second replica refuses a token at once, and accepts it from 3 s to 4 s after its logout.", Plant: secondLapses(fromTo(3*time.Second, 4*time.Second))},
	{Name: "live-token-blinks", Summary: "A live token is refused from 10 s to 11 s after its login.", Plant: blinkLive},
	{Name: "other-doors-forget", Summary: "After 10 s a revocation holds for GET of the first route alone.", Plant: lapsesFor(OtherEntryPoint)},
	{Name: "other-user-forgotten", Summary: "Revocations of bob's tokens end after 10 s.", Plant: lapsesFor(func(c *Call) bool { return c.Token.Subject == "bob" })},
	{Name: "posted-before-check", Summary: "A POST reaches the backend before its token is looked up.", Plant: Each(forwardPostsFirst)},
	{Name: "logout-holds-up-others", Summary: "For 50 ms after a logout other users are refused, except for GET of the first route.", Plant: holdUpOthers},
}

func OtherEntryPoint(c *Call) bool {
	return c.Request.Method != http.MethodGet || c.Request.URL.Path != "/api/hello"
}

// lapsesFor has revocations end after 10 s, for some calls.
func lapsesFor(some func(*Call) bool) Planting {
	return func(s *Site) func(*Process) {
		list := &lapsing{List: s.List, now: s.Config.Clock.Now, lapsed: func(time.Duration) bool { return false }}
		return func(p *Process) {
			p.List = list
			Skipping(func(c *Call) bool {
				made := list.made.Get(p.Key(c))
				return some(c) && !made.IsZero() && !Within(p.Now(), made, 10*time.Second)
			})(p)
		}
	}
}

func forwardPostsFirst(p *Process) {
	check := p.Check
	p.Check = func(ctx context.Context, c *Call) error {
		err := check(ctx, c)
		if err != nil && c.Request.Method == http.MethodPost {
			p.Forward(httptest.NewRecorder(), c.Request, c)
		}
		return err
	}
}

func holdUpOthers(*Site) func(*Process) {
	last := &Notes[*Call]{}
	at := &Notes[time.Time]{}
	return func(p *Process) {
		end, check := p.End, p.Check
		p.End = func(ctx context.Context, c *Call) error {
			last.Put("", c)
			at.Put("", p.Now())
			return end(ctx, c)
		}
		p.Check = func(ctx context.Context, c *Call) error {
			by := last.Get("")
			if by != nil && by.Token.Subject != c.Token.Subject && OtherEntryPoint(c) && Within(p.Now(), at.Get(""), 50*time.Millisecond) {
				return ErrRevoked
			}
			return check(ctx, c)
		}
	}
}

func fromTo(from, to time.Duration) func(time.Duration) bool {
	return func(age time.Duration) bool { return age >= from && age < to }
}

func loseInSweeps(s *Site) func(*Process) {
	const small = 10 // a list that is copied at once
	began, copies, size := s.Config.Clock.Now(), fromTo(8800*time.Millisecond, 10*time.Second), &atomic.Int64{}
	return func(p *Process) {
		end := p.End
		p.End = func(ctx context.Context, c *Call) error {
			if size.Add(1) > small && copies(p.Now().Sub(began)%(10*time.Second)) {
				return nil
			}
			return end(ctx, c)
		}
	}
}

func blinkLive(*Site) func(*Process) {
	born, blinks := &Notes[time.Time]{}, fromTo(10*time.Second, 11*time.Second)
	return func(p *Process) {
		issued, check := p.Issued, p.Check
		p.Issued = func(ctx context.Context, c *Call) error {
			born.Put(p.Key(c), p.Now())
			return issued(ctx, c)
		}
		p.Check = func(ctx context.Context, c *Call) error {
			if at := born.Get(p.Key(c)); !at.IsZero() && blinks(p.Now().Sub(at)) {
				return ErrRevoked
			}
			return check(ctx, c)
		}
	}
}
