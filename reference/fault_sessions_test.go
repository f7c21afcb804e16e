package reference

import (
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

var sessionObservations = map[string]sound{
	"second-logout-ends-siblings": func(g *rig) bool {
		raw, sibling := g.login("alice"), g.login("alice")
		g.kill(raw)
		g.logout(raw)
		return g.call(sibling) == 200
	},
	"logout-ends-older-siblings": func(g *rig) bool {
		older := g.login("alice")
		g.dead("alice")
		return g.call(older) == 200
	},
	"siblings-end-later": func(g *rig) bool {
		sibling := g.login("alice")
		g.dead("alice")
		g.wait(time.Second)
		return g.call(sibling) == 200
	},
	"only-ten-sessions-end": func(g *rig) bool {
		oldest := g.login("alice")
		for range 11 {
			g.login("alice")
		}
		g.dead("alice")
		return g.call(oldest) == 401
	},
}

var togetherObservations = map[string]sound{
	"user-kept-in-common": func(g *rig) bool {
		tokens := map[string]string{"alice": g.login("alice"), "bob": g.login("bob")}
		right := &notes[int]{}
		g.atOnce(8, func(i int) {
			user := []string{"alice", "bob"}[i%2]
			if subject(g.send(0, "GET", "/api/hello", "", bearing(tokens[user]))) == user {
				count(right, "")
			}
		})
		return right.get("") == 8
	},
	"logout-lost-when-busy": func(g *rig) bool {
		tokens := []string{g.login("alice"), g.login("bob")}
		g.atOnce(len(tokens), func(i int) { g.logout(tokens[i]) })
		return g.call(tokens[0]) == 401 && g.call(tokens[1]) == 401
	},
	"session-written-back": func(g *rig) bool {
		for range 10 {
			raw := g.login("alice")
			g.atOnce(5, func(i int) {
				if i == 4 {
					time.Sleep(overlap)
					g.logout(raw)
					return
				}
				g.call(raw)
			})
			g.wait(time.Second)
			if g.call(raw) != 401 {
				return false
			}
		}
		return true
	},
	"one-connection-in-20-unchecked": func(g *rig) bool {
		raw := g.dead("alice")
		for i := range 20 {
			if g.call(raw, from(fmt.Sprintf("192.0.2.1:%d", 1000+i))) != 401 {
				return false
			}
		}
		return true
	},
	"second-replica-exp-not-checked": func(g *rig) bool { raw := g.login("alice"); g.expire(raw); return g.elsewhere(raw) == 401 },
	"breaker-opens-the-gate": func(g *rig) bool {
		raw := g.dead("alice")
		g.breakStore()
		for range 6 {
			if g.call(raw) != 503 {
				return false
			}
		}
		return true
	},
}

// atOnce does something n times at once, by a clock that stands still until
// all of them sleep or have ended: however slow the machine, who is held up for
// a moment is met by all who come within it.
func (g *rig) atOnce(n int, do func(i int)) {
	g.t.Helper()
	synctest.Test(g.t, func(*testing.T) {
		var all sync.WaitGroup
		for i := range n {
			all.Go(func() { do(i) })
		}
		all.Wait()
	})
}
