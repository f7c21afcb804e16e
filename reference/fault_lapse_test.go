package reference

import (
	"time"
)

var lapseObservations = map[string]Sound{
	"ttl-rounds-down": func(g *Gateway) bool {
		first := g.DeadFor("alice", 60)
		g.Wait(500 * time.Millisecond)
		second := g.DeadFor("alice", 60)
		g.Wait(58400 * time.Millisecond)
		return g.StaysDead(16, 100*time.Millisecond, first, second)
	},
	"revocation-gap": func(g *Gateway) bool { return g.StaysDead(10, 100*time.Millisecond, g.Dead("alice")) },
	"revocations-share-a-life": func(g *Gateway) bool {
		raw := g.Dead("alice")
		g.DeadFor("alice", 10)
		g.Wait(20 * time.Second)
		return g.Call(raw) == 401
	},
	"late-logout-lost": func(g *Gateway) bool {
		raw := g.LoginFor("alice", 3600)
		g.Wait(31 * time.Minute)
		g.MustLogout(raw)
		return g.Call(raw) == 401
	},
	"second-logout-shortens": func(g *Gateway) bool {
		raw := g.Dead("alice")
		g.Logout(raw)
		g.Wait(time.Minute)
		return g.Call(raw) == 401
	},
	"full-list-drops": func(g *Gateway) bool {
		for range 1000 {
			g.Dead("alice")
		}
		return g.Call(g.Dead("alice")) == 401
	},
	"filter-fills-up": ServesFresh(501, 20),
	"sweep-loses-logouts": func(g *Gateway) bool {
		for range 20 {
			if g.Call(g.Dead("alice")) != 401 {
				return false
			}
			g.Wait(500 * time.Millisecond)
		}
		return true
	},
	"second-replica-blinks": func(g *Gateway) bool {
		raw := g.Dead("alice")
		g.Wait(3500 * time.Millisecond)
		return g.Elsewhere(raw) == 401
	},
	"other-doors-forget": func(g *Gateway) bool {
		raw := g.Dead("alice")
		g.Wait(11 * time.Second)
		return g.Send(0, "GET", "/api/orders", "", Bearing(raw)).Code == 401
	},
	"other-user-forgotten": func(g *Gateway) bool {
		raw := g.Dead("bob")
		g.Wait(11 * time.Second)
		return g.Call(raw) == 401
	},
	"logout-holds-up-others": func(g *Gateway) bool {
		raw := g.Login("bob")
		g.Dead("alice")
		return g.Send(0, "GET", "/api/orders", "", Bearing(raw)).Code == 200
	},
	"posted-before-check": func(g *Gateway) bool {
		raw := g.Dead("alice")
		before := g.Backend().Hits()
		g.Send(0, "POST", "/api/hello", "", Bearing(raw))
		return g.Backend().Hits() == before
	},
	"live-token-blinks": func(g *Gateway) bool {
		raw := g.Login("alice")
		g.Wait(10500 * time.Millisecond)
		return g.Call(raw) == 200
	},
	"second-replica-forgets": func(g *Gateway) bool {
		raw := g.Dead("alice")
		g.Wait(61 * time.Second)
		return g.Elsewhere(raw) == 401
	},
}

// StaysDead: tokens are refused so many times, with some time before each.
func (g *Gateway) StaysDead(times int, every time.Duration, tokens ...string) bool {
	for range times {
		g.Wait(every)
		for _, raw := range tokens {
			if g.Call(raw) != 401 {
				return false
			}
		}
	}
	return true
}
