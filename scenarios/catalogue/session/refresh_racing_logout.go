package session

import (
	"fmt"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

var refreshRacingLogout = scenarios.Scenario{
	ID:    "session/refresh-racing-logout",
	Title: "A refresh that meets the logout of its session leaves nothing alive",
	Level: report.Must,
	Requirement: "Of sessions that are refreshed and logged out at the same time, nothing may work once both were answered and the logout was acknowledged, " +
		"neither the new access token nor what came with it; every other session of the user must live on.",
	Refs:  append([]string{"CWE-362", "CWE-367"}, refs...),
	Needs: []scenarios.Capability{scenarios.RefreshEnds},
	Alone: true,
	Fix:   "Look at the session and issue its token in one step that a logout cannot come between (a transaction, a lock, a conditional write), or check at each call whether the token's session has ended.",
	Run: func(p *scenarios.Play) {
		inTurn(p)
		siblings := aside(p)
		r := &race{}
		r.run(p)
		r.judge(p)
		spared(p, siblings)
		dead := p.Login("alice", "D")
		p.Call(dead, scenarios.WantAccepted)
		p.Logout(dead, scenarios.Acknowledged)
		p.Call(dead, scenarios.WantRefused)
		control(p)
		p.Call(dead, scenarios.WantRefused)
	},
}

// inTurn refreshes a session and then logs it out with the token of its login: what
// lives on after that has nothing to do with a race.
func inTurn(p *scenarios.Play) {
	t := p.Login("alice", "T")
	p.Call(t, scenarios.WantAccepted)
	next := renew(p, t, "T2", nil)
	if !p.Planning() && !accepts(p, t) {
		p.Note("a refresh ends the access token of before: a logout with it that comes too late is refused, and does not count")
		return
	}
	p.Logout(t, scenarios.Acknowledged)
	p.Propagate()
	if !p.Planning() && accepts(p, next) {
		p.FailEnded(report.SessionRefreshed, t, report.Where{report.AfterEvent: "a logout with the access token of before a refresh"}, "the access token that a refresh had given was accepted",
			"a refresh gave %s, and then the session was logged out with %s, the access token of its login: the new one is still accepted", next, t)
	}
	buysNothing(p, next, nil)
}

// others of the user live through all races.
const others = 8

// aside begins sessions that no logout is to end.
func aside(p *scenarios.Play) []*scenarios.Token {
	if !p.Has(scenarios.ScopeOne) {
		p.Note("no other session is looked at: a logout ends all of a user's")
		return nil
	}
	list := make([]*scenarios.Token, p.SampleOfLogins(others))
	for i := range list {
		list[i] = p.Login("alice", fmt.Sprintf("S%d", i+1))
		p.CallOnce(list[i], scenarios.WantAccepted)
	}
	return list
}

// spared requires that those sessions live and can be refreshed.
func spared(p *scenarios.Play, siblings []*scenarios.Token) {
	died := 0
	for _, s := range siblings {
		a := p.Send(p.RefreshRequest(s), scenarios.Accepted)
		next, o := p.Refreshed(s, s.Name+"'", a)
		if o != scenarios.Accepted && o != scenarios.Refused {
			p.Inconclusive("the refresh of another session was answered with nothing that tells of it: %s", a.Text(o))
		}
		if o != scenarios.Accepted || !p.Planning() && !accepts(p, next) {
			died++
		}
	}
	p.Summary("refreshes of other sessions of the user, after the races", "a token that works", fmt.Sprintf("%d died", died), len(siblings), died == 0)
	if died > 0 {
		p.FailAs(report.LiveRefused, report.Where{report.OfSession: "another session of the user who logged out", report.AfterEvent: "a refresh met a logout"},
			"%d of %d other sessions of the user died (over-block) while sessions were refreshed and logged out at the same time", died, len(siblings))
	}
	if n := len(siblings); n > 0 {
		p.Bound("over-block rate in a race", n, fmt.Sprintf("%d other sessions, none ended", n))
	}
}
