package reference

import (
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

var sessionObservations = map[string]Sound{
	"second-logout-ends-siblings": func(g *Gateway) bool {
		raw, sibling := g.Login("alice"), g.Login("alice")
		g.MustLogout(raw)
		g.Logout(raw)
		return g.Call(sibling) == 200
	},
	"logout-ends-older-siblings": func(g *Gateway) bool {
		older := g.Login("alice")
		g.Dead("alice")
		return g.Call(older) == 200
	},
	"siblings-end-later": func(g *Gateway) bool {
		sibling := g.Login("alice")
		g.Dead("alice")
		g.Wait(time.Second)
		return g.Call(sibling) == 200
	},
	"only-ten-sessions-end": func(g *Gateway) bool {
		oldest := g.Login("alice")
		for range 11 {
			g.Login("alice")
		}
		g.Dead("alice")
		return g.Call(oldest) == 401
	},
}

var togetherObservations = map[string]Sound{
	"user-kept-in-common": func(g *Gateway) bool {
		tokens := map[string]string{"alice": g.Login("alice"), "bob": g.Login("bob")}
		right := &Notes[int]{}
		g.AtOnce(8, func(i int) {
			user := []string{"alice", "bob"}[i%2]
			if Subject(g.Send(0, "GET", "/api/hello", "", Bearing(tokens[user]))) == user {
				Count(right, "")
			}
		})
		return right.Get("") == 8
	},
	"logout-lost-when-busy": func(g *Gateway) bool {
		tokens := []string{g.Login("alice"), g.Login("bob")}
		g.AtOnce(len(tokens), func(i int) { g.Logout(tokens[i]) })
		return g.Call(tokens[0]) == 401 && g.Call(tokens[1]) == 401
	},
	"session-written-back": func(g *Gateway) bool {
		for range 10 {
			raw := g.Login("alice")
			g.AtOnce(5, func(i int) {
				if i == 4 {
					time.Sleep(Overlap)
					g.Logout(raw)
					return
				}
				g.Call(raw)
			})
			g.Wait(time.Second)
			if g.Call(raw) != 401 {
				return false
			}
		}
		return true
	},
	"one-connection-in-20-unchecked": func(g *Gateway) bool {
		raw := g.Dead("alice")
		for i := range 20 {
			if g.Call(raw, From(fmt.Sprintf("192.0.2.1:%d", 1000+i))) != 401 {
				return false
			}
		}
		return true
	},
	"second-replica-exp-not-checked": func(g *Gateway) bool { raw := g.Login("alice"); g.Expire(raw); return g.Elsewhere(raw) == 401 },
	"breaker-opens-the-gate": func(g *Gateway) bool {
		raw := g.Dead("alice")
		g.MustBreakStore()
		for range 6 {
			if g.Call(raw) != 503 {
				return false
			}
		}
		return true
	},
}

// AtOnce does something n times at once, by a clock that stands still until
// all of them sleep or have ended: however slow the machine, who is held up for
// a moment is met by all who come within it.
func (g *Gateway) AtOnce(n int, do func(i int)) {
	g.T.Helper()
	synctest.Test(g.T, func(*testing.T) {
		var all sync.WaitGroup
		for i := range n {
			all.Go(func() { do(i) })
		}
		all.Wait()
	})
}
