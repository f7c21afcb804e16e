package reference

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/revocheck/revocheck/reference/token"
)

var togetherFaults = []Fault{
	{Name: "user-kept-in-common", Summary: "The user of a call is kept where another call overwrites it.", Plant: Each(shareUser)},
	{
		Name: "logout-lost-when-busy", Summary: "Of two logouts at once one is lost, where a logout ends all of a user's sessions.",
		Adjust: EndAllSessions, Plant: loseWhenBusy,
	},
	{Name: "session-written-back", Summary: "A call that was under way at the logout brings its token back a second later.", Plant: writeBack},
	{Name: "one-connection-in-20-unchecked", Summary: "Every twentieth connection leads to a process that does not check for revocation.", Plant: Each(missConnections)},
	{Name: "second-replica-forgets", Summary: "The second replica forgets a revocation after 60 s.", Plant: secondLapses(func(age time.Duration) bool { return age >= time.Minute })},
	{Name: "second-replica-exp-not-checked", Summary: "The second replica accepts tokens after exp.", Plant: SecondOnly(AcceptExpired)},
	{Name: "breaker-opens-the-gate", Summary: "After five failures of the store in a row every token counts as alive, until the store answers again.", Plant: Each(openBreaker)},
}

// Overlap is long enough for what is under way at once to meet.
const Overlap = time.Millisecond

func shareUser(p *Process) {
	forward, served := p.Forward, &Notes[*token.Token]{}
	p.Forward = func(w http.ResponseWriter, r *http.Request, c *Call) {
		served.Put("", c.Token)
		time.Sleep(Overlap)
		forward(w, r, &Call{Credential: c.Credential, Token: served.Get("")})
	}
}

func loseWhenBusy(*Site) func(*Process) {
	busy := &sync.Mutex{}
	return func(p *Process) {
		end := p.End
		p.End = func(ctx context.Context, c *Call) error {
			if !busy.TryLock() {
				return nil
			}
			defer busy.Unlock()
			time.Sleep(2 * Overlap)
			return end(ctx, c)
		}
	}
}

func writeBack(*Site) func(*Process) {
	underWay, back, queue := &Notes[int]{}, &Notes[bool]{}, &Later{}
	return func(p *Process) {
		check, end := p.Check, p.End
		p.Check = func(ctx context.Context, c *Call) error {
			queue.Flush(p.Now())
			Count(underWay, p.Key(c))
			time.Sleep(5 * Overlap)
			underWay.Update(p.Key(c), func(n int) int { return n - 1 })
			if back.Get(p.Key(c)) {
				return nil
			}
			return check(ctx, c)
		}
		p.End = func(ctx context.Context, c *Call) error {
			time.Sleep(2 * Overlap)
			if underWay.Get(p.Key(c)) > 0 {
				queue.Add(p.Now().Add(time.Second), func() error {
					back.Put(p.Key(c), true)
					return nil
				})
			}
			return end(ctx, c)
		}
	}
}

func missConnections(p *Process) {
	check, connections := p.Check, &Numbering{}
	p.Check = func(ctx context.Context, c *Call) error {
		if connections.Of(c.Request.RemoteAddr)%20 == 0 {
			return nil
		}
		return check(ctx, c)
	}
}

// SecondOnly plants a fault in the second replica, also when it is restarted.
func SecondOnly(plant func(*Process)) Planting {
	return func(*Site) func(*Process) {
		replicas := &Numbering{}
		return func(p *Process) {
			if replicas.Of(fmt.Sprintf("%p", p.Link)) == 2 {
				plant(p)
			}
		}
	}
}

// secondLapses has the second replica miss revocations of a certain age.
func secondLapses(lapsed func(age time.Duration) bool) Planting {
	return func(s *Site) func(*Process) {
		list := &lapsing{List: s.List, now: s.Config.Clock.Now, lapsed: func(time.Duration) bool { return false }}
		lapses := SecondOnly(func(p *Process) {
			check := p.Check
			p.Check = func(ctx context.Context, c *Call) error {
				if made := list.made.Get(p.Key(c)); !made.IsZero() && lapsed(p.Now().Sub(made)) {
					return nil
				}
				return check(ctx, c)
			}
		})(s)
		return func(p *Process) {
			p.List = list
			lapses(p)
		}
	}
}

func openBreaker(p *Process) {
	check, failures := p.Check, &Notes[int]{}
	p.Check = func(ctx context.Context, c *Call) error {
		err := check(ctx, c)
		if err == nil || errors.Is(err, ErrRevoked) {
			failures.Put("", 0)
			return err
		}
		if Count(failures, "") > 5 {
			return nil
		}
		return err
	}
}
