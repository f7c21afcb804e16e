package session_test

import (
	"encoding/json"
	"net/http"
	"time"

	"github.com/revocheck/revocheck/reference/internal/gateway"
	"github.com/revocheck/revocheck/reference/internal/trial"
)

// grant is what a login or a refresh gives.
type grant struct {
	Access  string `json:"access_token"`
	Refresh string `json:"refresh_token"`
}

func begin(g *trial.Gateway, user string, replica int) grant {
	body := `{"user":"` + user + `","password":"` + g.Config().Users[user] + `"}`
	return granted(g.Send(replica, http.MethodPost, "/login", body).Body.Bytes())
}

func granted(body []byte) (given grant) {
	_ = json.Unmarshal(body, &given) // who was refused is given nothing
	return given
}

func refresh(g *trial.Gateway, with grant) grant {
	return granted(g.Send(0, http.MethodPost, "/refresh", `{"refresh_token":"`+with.Refresh+`"}`).Body.Bytes())
}

func revoke(g *trial.Gateway, user string, of grant) {
	id, secret := gateway.ClientOf(user)
	g.Send(0, http.MethodPost, "/revoke", "token="+of.Refresh, trial.Header("Content-Type", "application/x-www-form-urlencoded"), func(r *http.Request) { r.SetBasicAuth(id, secret) })
}

// afterRefresh begins a session and refreshes it.
func afterRefresh(g *trial.Gateway) (first, next grant) {
	first = begin(g, "alice", 0)
	return first, refresh(g, first)
}

var refreshObservations = map[string]trial.Sound{
	"refresh-takes-dead-token": func(g *trial.Gateway) bool {
		raw := g.Dead("alice")
		return granted(g.Send(0, http.MethodPost, "/refresh", "", trial.Bearing(raw)).Body.Bytes()).Access == ""
	},
	"refresh-token-outlives-logout": func(g *trial.Gateway) bool {
		s := begin(g, "alice", 0)
		g.Logout(s.Access)
		return refresh(g, s).Access == ""
	},
	"session-forgotten-at-exp": func(g *trial.Gateway) bool {
		s := begin(g, "alice", 0)
		g.Logout(s.Access)
		g.Expire(s.Access)
		return refresh(g, s).Access == ""
	},
	"rotated-token-outlives-logout": func(g *trial.Gateway) bool {
		_, next := afterRefresh(g)
		g.Logout(next.Access)
		return refresh(g, next).Access == ""
	},
	"refresh-clears-revocations": func(g *trial.Gateway) bool {
		dead := g.Dead("alice")
		afterRefresh(g)
		return g.Call(dead) == 401
	},
	"refresh-tokens-by-user": func(g *trial.Gateway) bool {
		s := begin(g, "alice", 0)
		g.Dead("alice")
		return refresh(g, s).Access != ""
	},
	"other-refresh-tokens-stay": func(g *trial.Gateway) bool {
		s := begin(g, "alice", 0)
		g.Dead("alice")
		return refresh(g, s).Access == ""
	},
}

var reuseObservations = map[string]trial.Sound{
	"used-refresh-token-accepted": usedBuysNothing(1),
	"only-last-use-remembered":    usedBuysNothing(2),
	"refresh-grace-begins-anew": func(g *trial.Gateway) bool {
		first, _ := afterRefresh(g)
		g.Wait(3 * time.Second / 2)
		refresh(g, first)
		g.Wait(time.Second)
		return refresh(g, first).Access == ""
	},
	"no-grace": func(g *trial.Gateway) bool {
		first, _ := afterRefresh(g)
		return refresh(g, first).Access != ""
	},
	"reuse-leaves-family": func(g *trial.Gateway) bool {
		first, next := afterRefresh(g)
		refresh(g, first)
		return refresh(g, next).Access == ""
	},
	"reuse-ends-all-sessions": func(g *trial.Gateway) bool {
		other := begin(g, "alice", 0)
		first, _ := afterRefresh(g)
		refresh(g, first)
		return refresh(g, other).Access != ""
	},
}

// usedBuysNothing observes a refresh token after which so many have come.
func usedBuysNothing(generations int) trial.Sound {
	return func(g *trial.Gateway) bool {
		first := begin(g, "alice", 0)
		newest := first
		for range generations {
			newest = refresh(g, newest)
		}
		return refresh(g, first).Access == ""
	}
}

var racingObservations = map[string]trial.Sound{
	"refresh-checks-then-issues": func(g *trial.Gateway) bool {
		s, next := begin(g, "alice", 0), grant{}
		g.AtOnce(2, func(i int) {
			if i == 0 {
				next = refresh(g, s)
				return
			}
			time.Sleep(time.Millisecond)
			g.Logout(s.Access)
		})
		return next.Access == "" || g.Call(next.Access) == 401
	},
	"late-refresh-is-theft": func(g *trial.Gateway) bool {
		other, s := begin(g, "alice", 0), begin(g, "alice", 0)
		g.Logout(s.Access)
		refresh(g, s)
		return refresh(g, other).Access != ""
	},
}

var revokeObservations = map[string]trial.Sound{
	"refresh-token-revoked-alone": func(g *trial.Gateway) bool {
		s := begin(g, "alice", 0)
		revoke(g, "alice", s)
		return g.Call(s.Access) == 401
	},
	"refreshed-token-not-revoked": func(g *trial.Gateway) bool {
		_, next := afterRefresh(g)
		revoke(g, "alice", next)
		return g.Call(next.Access) == 401
	},
	"earlier-token-not-revoked": func(g *trial.Gateway) bool {
		first, next := afterRefresh(g)
		revoke(g, "alice", next)
		return g.Call(first.Access) == 401
	},
	"logout-all-of-one-replica": func(g *trial.Gateway) bool {
		here, there := begin(g, "alice", 0), begin(g, "alice", 1)
		g.Send(0, http.MethodPost, "/logout-all", "", trial.Bearing(here.Access))
		return g.Call(there.Access) == 401
	},
	"logout-all-of-everyone": func(g *trial.Gateway) bool {
		here, other := begin(g, "alice", 0), begin(g, "bob", 0)
		g.Send(0, http.MethodPost, "/logout-all", "", trial.Bearing(here.Access))
		return g.Call(other.Access) == 200
	},
	"logout-all-leaves-refresh-tokens": func(g *trial.Gateway) bool {
		s := begin(g, "alice", 0)
		g.Send(0, http.MethodPost, "/logout-all", "", trial.Bearing(s.Access))
		return refresh(g, s).Access == ""
	},
}
