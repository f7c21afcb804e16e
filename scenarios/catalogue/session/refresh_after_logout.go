package session

import (
	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

var refreshAfterLogout = scenarios.Scenario{
	ID:    "session/refresh-after-logout",
	Title: "What a logged-out login gave buys no token",
	Level: report.Must,
	Requirement: "After a logout, neither the access token nor the refresh token of its login may buy a token that is accepted, " +
		"whether or not it was refreshed before, nor when the access token has expired.",
	Refs:  append([]string{"RFC 7009 section 2.1", "RFC 9700 section 4.14.2"}, refs...),
	Needs: []scenarios.Capability{scenarios.RefreshEnds},
	Fix: "End the refresh token together with the access token, for as long as the refresh token lives, and look at each refresh whether the session has ended; " +
		"if a logout is to end the access token alone, declare refresh.survives_logout: true.",
	Run: func(p *scenarios.Play) {
		fresh, used := p.Login("alice", "T"), p.Login("alice", "R")
		p.Call(fresh, scenarios.WantAccepted)
		p.Call(used, scenarios.WantAccepted)
		used = renew(p, used, "R2", nil)
		ended := []*scenarios.Token{fresh, used}
		for _, t := range ended {
			if p.Has(scenarios.ScopeOne) || t == fresh { // one logout ends both
				p.Logout(t, scenarios.Acknowledged)
			}
		}
		p.Call(fresh, scenarios.WantRefused)
		nothingLeft(p, ended, nil)
		control(p)
		p.Call(fresh, scenarios.WantRefused)
		nothingLeft(p, ended, nil)
		afterExp(p)
	},
}

func nothingLeft(p *scenarios.Play, ended []*scenarios.Token, where report.Where) {
	for _, t := range ended {
		buysNothing(p, t, where)
	}
}

// afterExp tries a session again when its access token, and with it perhaps what
// is known of the logout, has expired.
func afterExp(p *scenarios.Play) {
	life := p.ShortLife()
	if !p.Has(scenarios.Expiry) || !p.Clock().CanWait(life+2*p.Clock().Guard()) {
		p.Note("not tried after the exp of the access token: no lifetime can be asked for that can be waited for")
		return
	}
	t := p.Login("alice", "E", p.ShortLived()...)
	p.Call(t, scenarios.WantAccepted)
	p.Logout(t, scenarios.Acknowledged)
	p.Call(t, scenarios.WantRefused)
	if exp, ok := t.Exp(); ok {
		p.Clock().WaitUntil(exp.Add(p.Contract().Leeway + p.Clock().Guard()))
	}
	buysNothing(p, t, report.Where{report.AtTime: "after the access token's exp"})
	control(p)
	p.Call(t, scenarios.WantRefused)
	buysNothing(p, t, report.Where{report.AtTime: "after the access token's exp"})
}
