package reference

import (
	"time"
)

var lapseObservations = map[string]sound{
	"ttl-rounds-down": func(g *rig) bool {
		first := g.deadFor("alice", 60)
		g.wait(500 * time.Millisecond)
		second := g.deadFor("alice", 60)
		g.wait(58400 * time.Millisecond)
		return g.staysDead(16, 100*time.Millisecond, first, second)
	},
	"revocation-gap": func(g *rig) bool { return g.staysDead(10, 100*time.Millisecond, g.dead("alice")) },
	"revocations-share-a-life": func(g *rig) bool {
		raw := g.dead("alice")
		g.deadFor("alice", 10)
		g.wait(20 * time.Second)
		return g.call(raw) == 401
	},
	"late-logout-lost": func(g *rig) bool {
		raw := g.loginFor("alice", 3600)
		g.wait(31 * time.Minute)
		g.kill(raw)
		return g.call(raw) == 401
	},
	"second-logout-shortens": func(g *rig) bool {
		raw := g.dead("alice")
		g.logout(raw)
		g.wait(time.Minute)
		return g.call(raw) == 401
	},
	"full-list-drops": func(g *rig) bool {
		for range 1000 {
			g.dead("alice")
		}
		return g.call(g.dead("alice")) == 401
	},
	"filter-fills-up": servesFresh(501, 20),
	"sweep-loses-logouts": func(g *rig) bool {
		for range 20 {
			if g.call(g.dead("alice")) != 401 {
				return false
			}
			g.wait(500 * time.Millisecond)
		}
		return true
	},
	"second-replica-blinks": func(g *rig) bool {
		raw := g.dead("alice")
		g.wait(3500 * time.Millisecond)
		return g.elsewhere(raw) == 401
	},
	"other-doors-forget": func(g *rig) bool {
		raw := g.dead("alice")
		g.wait(11 * time.Second)
		return g.send(0, "GET", "/api/orders", "", bearing(raw)).Code == 401
	},
	"other-user-forgotten": func(g *rig) bool {
		raw := g.dead("bob")
		g.wait(11 * time.Second)
		return g.call(raw) == 401
	},
	"logout-holds-up-others": func(g *rig) bool {
		raw := g.login("bob")
		g.dead("alice")
		return g.send(0, "GET", "/api/orders", "", bearing(raw)).Code == 200
	},
	"posted-before-check": func(g *rig) bool {
		raw := g.dead("alice")
		before := g.Backend().Hits()
		g.send(0, "POST", "/api/hello", "", bearing(raw))
		return g.Backend().Hits() == before
	},
	"live-token-blinks": func(g *rig) bool {
		raw := g.login("alice")
		g.wait(10500 * time.Millisecond)
		return g.call(raw) == 200
	},
	"second-replica-forgets": func(g *rig) bool {
		raw := g.dead("alice")
		g.wait(61 * time.Second)
		return g.elsewhere(raw) == 401
	},
}

// staysDead: tokens are refused so many times, with some time before each.
func (g *rig) staysDead(times int, every time.Duration, tokens ...string) bool {
	for range times {
		g.wait(every)
		for _, raw := range tokens {
			if g.call(raw) != 401 {
				return false
			}
		}
	}
	return true
}
