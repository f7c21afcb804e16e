package lifecycle_test

import (
	"time"

	"github.com/revocheck/revocheck/reference/internal/trial"
)

var secondLogoutObservations = map[string]trial.Sound{
	"second-logout-revives": func(g *trial.Gateway) bool { raw := g.Dead("alice"); g.Logout(raw); return g.Call(raw) == 401 },
	"second-logout-500":     func(g *trial.Gateway) bool { return g.Logout(g.Dead("alice")) < 500 },
	"second-logout-ends-siblings": func(g *trial.Gateway) bool {
		raw, sibling := g.Login("alice"), g.Login("alice")
		g.MustLogout(raw)
		g.Logout(raw)
		return g.Call(sibling) == 200
	},
	"second-logout-ends-older": func(g *trial.Gateway) bool {
		dead, sibling := g.Dead("alice"), g.Login("alice")
		g.Wait(2 * time.Second)
		g.Logout(dead)
		return g.Call(sibling) == 200
	},
	"logout-without-token-500": func(g *trial.Gateway) bool { return g.Send(0, "POST", "/logout", "").Code < 500 },
	"logout-expired-token-500": func(g *trial.Gateway) bool { raw := g.Login("alice"); g.Expire(raw); return g.Logout(raw) < 500 },
}
