package reference

import "time"

var quietObservations = map[string]sound{
	"served-stale-once": func(g *rig) bool {
		raw := g.login("alice")
		g.call(raw)
		g.wait(4 * time.Second)
		g.kill(raw)
		return g.call(raw) == 401
	},
	"polls-seldom-when-quiet": func(g *rig) bool {
		g.wait(10 * time.Second)
		return g.elsewhere(g.dead("alice")) == 401
	},
	"first-check-after-silence-open": func(g *rig) bool {
		raw := g.dead("alice")
		g.wait(30 * time.Second)
		return g.call(raw) == 401
	},
	"ttl-jitters": func(g *rig) bool {
		var tokens []string
		for range 5 {
			tokens = append(tokens, g.deadFor("alice", 60))
		}
		g.wait(58 * time.Second)
		return g.staysDead(1, 0, tokens...)
	},
}
