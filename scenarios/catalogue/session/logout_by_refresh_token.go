package session

import (
	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
	"github.com/revocheck/revocheck/scenarios/contract"
)

var logoutByRefreshToken = scenarios.Scenario{
	ID:    "session/logout-by-refresh-token",
	Title: "A logout by what the login gave ends the access tokens of that login, and no others",
	Level: report.Must,
	Requirement: "A logout that names what the login gave, such as its refresh token, must end the access token of the login and of a refresh; " +
		"where it names nothing else, all access tokens that came of that login. Another session of the same user must live on, where a logout ends one.",
	Refs:  append([]string{"RFC 7009 section 2.1"}, refs...),
	Needs: []scenarios.Capability{scenarios.LogoutByRefresh},
	Fix:   "Keep for each refresh token which access tokens came of its login, also by later refreshes, and end them with it before the logout is acknowledged.",
	Run: func(p *scenarios.Play) {
		plain, first, sibling := p.Login("alice", "P"), p.Login("alice", "T"), p.Login("alice", "S")
		tokens := []*scenarios.Token{plain, first}
		for _, t := range append(tokens, sibling) {
			p.Call(t, scenarios.WantAccepted)
		}
		newest := first
		if p.Has(scenarios.Refresh) {
			newest = renew(p, first, "T2", nil)
			tokens = endedWith(p, first, newest, plain)
		}
		if p.Has(scenarios.ScopeOne) {
			p.Logout(plain, scenarios.Acknowledged)
			p.Call(plain, scenarios.WantRefused)
		}
		p.Logout(newest, scenarios.Acknowledged)
		dead(p, tokens, newest)
		if p.Has(scenarios.ScopeOne) {
			p.Call(sibling, scenarios.WantAccepted)
		}
		p.Call(p.Login("alice", "U"), scenarios.WantAccepted)
		dead(p, tokens, newest)
		if p.Has(scenarios.RefreshEnds) {
			nothingLeft(p, []*scenarios.Token{plain, newest}, nil)
		}
	},
}

// endedWith are the tokens that must be dead when the newest was logged out: also
// the one of the login, if it lived on after the refresh and the logout names
// nothing but what the login gave.
func endedWith(p *scenarios.Play, first, newest, plain *scenarios.Token) []*scenarios.Token {
	l := p.Contract().Logout
	lives := p.Planning() || accepts(p, first)
	if lives && l.Carrier == contract.NoCarrier && l.TokenField == "" {
		return []*scenarios.Token{plain, newest, first}
	}
	return []*scenarios.Token{plain, newest}
}

// dead requires that the tokens are refused, of which only some were logged out
// themselves.
func dead(p *scenarios.Play, tokens []*scenarios.Token, newest *scenarios.Token) {
	for _, t := range tokens {
		if !p.EndedAt(t).IsZero() || t == newest {
			p.Call(t, scenarios.WantRefused)
			continue
		}
		p.AwaitPropagation()
		if !p.Planning() && accepts(p, t) {
			p.FailDead(t, report.Where{report.OfSession: "of the same login as the one logged out"}, "the access token of before the refresh was accepted",
				"%s is accepted after its session was logged out by what the login gave", t)
		}
	}
}
