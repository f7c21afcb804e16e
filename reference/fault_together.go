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

var togetherFaults = []fault{
	{Name: "user-kept-in-common", Summary: "The user of a call is kept where another call overwrites it.", plant: each(shareUser)},
	{
		Name: "logout-lost-when-busy", Summary: "Of two logouts at once one is lost, where a logout ends all of a user's sessions.",
		adjust: endAllSessions, plant: loseWhenBusy,
	},
	{Name: "session-written-back", Summary: "A call that was under way at the logout brings its token back a second later.", plant: writeBack},
	{Name: "one-connection-in-20-unchecked", Summary: "Every twentieth connection leads to a process that does not check for revocation.", plant: each(missConnections)},
	{Name: "second-replica-forgets", Summary: "The second replica forgets a revocation after 60 s.", plant: secondLapses(func(age time.Duration) bool { return age >= time.Minute })},
	{Name: "second-replica-exp-not-checked", Summary: "The second replica accepts tokens after exp.", plant: secondOnly(acceptExpired)},
	{Name: "breaker-opens-the-gate", Summary: "After five failures of the store in a row every token counts as alive, until the store answers again.", plant: each(openBreaker)},
}

// overlap is long enough for what is under way at once to meet.
const overlap = time.Millisecond

func shareUser(p *process) {
	forward, served := p.forward, &notes[*token.Token]{}
	p.forward = func(w http.ResponseWriter, r *http.Request, c *call) {
		served.put("", c.token)
		time.Sleep(overlap)
		forward(w, r, &call{credential: c.credential, token: served.get("")})
	}
}

func loseWhenBusy(*site) func(*process) {
	busy := &sync.Mutex{}
	return func(p *process) {
		end := p.end
		p.end = func(ctx context.Context, c *call) error {
			if !busy.TryLock() {
				return nil
			}
			defer busy.Unlock()
			time.Sleep(2 * overlap)
			return end(ctx, c)
		}
	}
}

func writeBack(*site) func(*process) {
	underWay, back, queue := &notes[int]{}, &notes[bool]{}, &later{}
	return func(p *process) {
		check, end := p.check, p.end
		p.check = func(ctx context.Context, c *call) error {
			queue.flush(p.now())
			count(underWay, p.key(c))
			time.Sleep(5 * overlap)
			underWay.update(p.key(c), func(n int) int { return n - 1 })
			if back.get(p.key(c)) {
				return nil
			}
			return check(ctx, c)
		}
		p.end = func(ctx context.Context, c *call) error {
			time.Sleep(2 * overlap)
			if underWay.get(p.key(c)) > 0 {
				queue.add(p.now().Add(time.Second), func() error {
					back.put(p.key(c), true)
					return nil
				})
			}
			return end(ctx, c)
		}
	}
}

func missConnections(p *process) {
	check, connections := p.check, &numbering{}
	p.check = func(ctx context.Context, c *call) error {
		if connections.of(c.request.RemoteAddr)%20 == 0 {
			return nil
		}
		return check(ctx, c)
	}
}

// secondOnly plants a fault in the second replica, also when it is restarted.
func secondOnly(plant func(*process)) planting {
	return func(*site) func(*process) {
		replicas := &numbering{}
		return func(p *process) {
			if replicas.of(fmt.Sprintf("%p", p.link)) == 2 {
				plant(p)
			}
		}
	}
}

// secondLapses has the second replica miss revocations of a certain age.
func secondLapses(lapsed func(age time.Duration) bool) planting {
	return func(s *site) func(*process) {
		list := &lapsing{List: s.list, now: s.cfg.Clock.Now, lapsed: func(time.Duration) bool { return false }}
		lapses := secondOnly(func(p *process) {
			check := p.check
			p.check = func(ctx context.Context, c *call) error {
				if made := list.made.get(p.key(c)); !made.IsZero() && lapsed(p.now().Sub(made)) {
					return nil
				}
				return check(ctx, c)
			}
		})(s)
		return func(p *process) {
			p.list = list
			lapses(p)
		}
	}
}

func openBreaker(p *process) {
	check, failures := p.check, &notes[int]{}
	p.check = func(ctx context.Context, c *call) error {
		err := check(ctx, c)
		if err == nil || errors.Is(err, errRevoked) {
			failures.put("", 0)
			return err
		}
		if count(failures, "") > 5 {
			return nil
		}
		return err
	}
}
