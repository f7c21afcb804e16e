package retention_test

import (
	"time"

	"github.com/revocheck/revocheck/reference/internal/trial"
)

var timeToLiveObservations = map[string]trial.Sound{
	"ttl-60s":            deadAt(3600, 61*time.Second),
	"ttl-300s":           deadAt(3600, 301*time.Second),
	"ttl-half-life":      deadAt(3600, 31*time.Minute),
	"ttl-ignores-leeway": deadAt(60, 63*time.Second),
	"ttl-rounds-down": func(g *trial.Gateway) bool {
		first := g.DeadFor("alice", 60)
		g.Wait(500 * time.Millisecond)
		second := g.DeadFor("alice", 60)
		g.Wait(58400 * time.Millisecond)
		return g.StaysDead(16, 100*time.Millisecond, first, second)
	},
	"ttl-rounds-down-to-zero": deadWithLeft(10 * time.Second),
	"ttl-drops-near-expiry":   deadWithLeft(4 * time.Second),
	"ttl-of-days-dropped":     deadAt(86400, time.Hour),
	"ttl-32-bit":              deadAt(30*86400, time.Hour),
	"ttl-64-bit": func(g *trial.Gateway) bool {
		raw := g.MustMint(map[string]any{"exp": g.Clock.Now().Unix() + 1000*365*86400}, nil)
		g.MustLogout(raw)
		return g.Call(raw) == 401
	},
	"ttl-jitters": func(g *trial.Gateway) bool {
		var tokens []string
		for range 5 {
			tokens = append(tokens, g.DeadFor("alice", 60))
		}
		g.Wait(58 * time.Second)
		return g.StaysDead(1, 0, tokens...)
	},
	"no-exp-not-stored": func(g *trial.Gateway) bool {
		raw := g.MustMint(map[string]any{"exp": nil}, nil)
		live := g.Call(raw)
		g.MustLogout(raw)
		g.Wait(24 * time.Hour)
		return live == 200 && g.Call(raw) == 401
	},
	"no-exp-kept-20s": func(g *trial.Gateway) bool {
		raw := g.MustMint(map[string]any{"exp": nil}, nil)
		g.MustLogout(raw)
		return g.StaysDead(2, 15*time.Second, raw)
	},
	"ttl-over-30-days-is-a-date": func(g *trial.Gateway) bool { return g.Call(g.DeadFor("alice", 31*24*3600)) == 401 },
	"entry-never-dropped": func(g *trial.Gateway) bool {
		g.DeadFor("alice", 60)
		g.Wait(time.Hour)
		n, err := g.StoreSize(g.T.Context())
		return n == 0 && err == nil
	},
}

// deadAt: a token with the life is still refused some time after its logout.
func deadAt(life int, after time.Duration) trial.Sound {
	return func(g *trial.Gateway) bool {
		raw := g.DeadFor("alice", life)
		g.Wait(after)
		return g.Call(raw) == 401
	}
}

// deadWithLeft: a logout counts with so much of the token's life left.
func deadWithLeft(left time.Duration) trial.Sound {
	return func(g *trial.Gateway) bool {
		raw := g.LoginFor("alice", 60)
		g.Wait(time.Minute - left)
		g.MustLogout(raw)
		return g.Call(raw) == 401
	}
}
