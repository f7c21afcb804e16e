package isolation_test

import (
	"time"

	"github.com/revocheck/revocheck/reference/internal/trial"
)

var siblingObservations = map[string]trial.Sound{
	"logout-ends-siblings": func(g *trial.Gateway) bool {
		sibling := g.Login("alice")
		g.Dead("alice")
		return g.Call(sibling) == 200
	},
	"logout-ends-older-siblings": func(g *trial.Gateway) bool {
		older := g.Login("alice")
		g.Dead("alice")
		return g.Call(older) == 200
	},
	"session-fixated-logout": func(g *trial.Gateway) bool {
		raw, newer := g.Login("alice"), g.Login("alice")
		g.MustLogout(raw)
		return g.Call(raw) == 401 && g.Call(newer) == 200
	},
	"siblings-end-later": func(g *trial.Gateway) bool {
		sibling := g.Login("alice")
		g.Dead("alice")
		g.Wait(time.Second)
		return g.Call(sibling) == 200
	},
	"only-ten-sessions-end": func(g *trial.Gateway) bool {
		oldest := g.Login("alice")
		for range 11 {
			g.Login("alice")
		}
		g.Dead("alice")
		return g.Call(oldest) == 401
	},
}
