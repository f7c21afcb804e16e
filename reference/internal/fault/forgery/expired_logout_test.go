package forgery_test

import (
	"time"

	"github.com/revocheck/revocheck/reference/internal/trial"
)

var expiredLogoutObservations = map[string]trial.Sound{
	"logout-accepts-expired": func(g *trial.Gateway) bool {
		old := g.LoginFor("alice", 1)
		live := g.Login("alice")
		g.Expire(old)
		g.Logout(old)
		return g.Call(live) == 200
	},
	"expired-logout-ends-older": func(g *trial.Gateway) bool {
		old := g.LoginFor("alice", 1)
		g.Expire(old)
		sibling := g.Login("alice")
		g.Wait(2 * time.Second)
		g.Logout(old)
		return g.Call(sibling) == 200
	},
}
