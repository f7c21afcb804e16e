package reference

import (
	"sync/atomic"
	"time"
)

var busyObservations = map[string]sound{
	"stale-fill": func(g *rig) bool {
		for part := range 8 {
			raw := g.login("alice")
			g.atOnce(2, func(i int) {
				if i == 0 {
					g.call(raw)
					return
				}
				time.Sleep(time.Duration(part) * overlap / 2)
				g.logout(raw)
			})
			if g.call(raw) != 401 {
				return false
			}
		}
		return true
	},
	"sheds-checks-when-busy": func(g *rig) bool {
		raw := g.dead("alice")
		return g.allAtOnce(200, func(int) bool { return g.call(raw) == 401 })
	},
	"logout-queue-overflows": func(g *rig) bool {
		tokens := make([]string, 100)
		for i := range tokens {
			tokens[i] = g.login("alice")
		}
		g.atOnce(len(tokens), func(i int) { g.logout(tokens[i]) })
		return g.staysDead(1, 0, tokens...)
	},
	"second-replica-orders-unchecked": func(g *rig) bool {
		return g.send(1, "GET", "/api/orders", "", bearing(g.dead("alice"))).Code == 401
	},
}

// allAtOnce does something n times at once and reports whether it always held.
func (g *rig) allAtOnce(n int, do func(i int) bool) bool {
	var failed atomic.Bool
	g.atOnce(n, func(i int) {
		if !do(i) {
			failed.Store(true)
		}
	})
	return !failed.Load()
}
