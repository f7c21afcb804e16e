package reference

import (
	"sync/atomic"
	"time"
)

var busyObservations = map[string]Sound{
	"stale-fill": func(g *Gateway) bool {
		for part := range 8 {
			raw := g.Login("alice")
			g.AtOnce(2, func(i int) {
				if i == 0 {
					g.Call(raw)
					return
				}
				time.Sleep(time.Duration(part) * Overlap / 2)
				g.Logout(raw)
			})
			if g.Call(raw) != 401 {
				return false
			}
		}
		return true
	},
	"sheds-checks-when-busy": func(g *Gateway) bool {
		raw := g.Dead("alice")
		return g.AllAtOnce(200, func(int) bool { return g.Call(raw) == 401 })
	},
	"logout-queue-overflows": func(g *Gateway) bool {
		tokens := make([]string, 100)
		for i := range tokens {
			tokens[i] = g.Login("alice")
		}
		g.AtOnce(len(tokens), func(i int) { g.Logout(tokens[i]) })
		return g.StaysDead(1, 0, tokens...)
	},
	"second-replica-orders-unchecked": func(g *Gateway) bool {
		return g.Send(1, "GET", "/api/orders", "", Bearing(g.Dead("alice"))).Code == 401
	},
}

// AllAtOnce does something n times at once and reports whether it always held.
func (g *Gateway) AllAtOnce(n int, do func(i int) bool) bool {
	var failed atomic.Bool
	g.AtOnce(n, func(i int) {
		if !do(i) {
			failed.Store(true)
		}
	})
	return !failed.Load()
}
