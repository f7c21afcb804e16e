package reference

import "time"

var quietObservations = map[string]Sound{
	"served-stale-once": func(g *Gateway) bool {
		raw := g.Login("alice")
		g.Call(raw)
		g.Wait(4 * time.Second)
		g.MustLogout(raw)
		return g.Call(raw) == 401
	},
	"polls-seldom-when-quiet": func(g *Gateway) bool {
		g.Wait(10 * time.Second)
		return g.Elsewhere(g.Dead("alice")) == 401
	},
	"first-check-after-silence-open": func(g *Gateway) bool {
		raw := g.Dead("alice")
		g.Wait(30 * time.Second)
		return g.Call(raw) == 401
	},
	"ttl-jitters": func(g *Gateway) bool {
		var tokens []string
		for range 5 {
			tokens = append(tokens, g.DeadFor("alice", 60))
		}
		g.Wait(58 * time.Second)
		return g.StaysDead(1, 0, tokens...)
	},
}
