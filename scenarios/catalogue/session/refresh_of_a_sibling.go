package session

import (
	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

var refreshOfASibling = scenarios.Scenario{
	ID:    "session/refresh-of-a-sibling",
	Title: "A logout ends the refresh tokens that it should, and no others",
	Level: report.Must,
	Requirement: "A logout that ends one session must leave the refresh token of every other one alone; " +
		"one that ends all sessions of a user must end the refresh tokens of all of them.",
	Refs:  append([]string{"RFC 7009 section 2.1", "OWASP ASVS 5.0 V7.4.3"}, refs...),
	Needs: []scenarios.Capability{scenarios.Refresh},
	Fix:   "Keep refresh tokens by session and by user, and let a logout end those of just the sessions whose access tokens it ends.",
	Run: func(p *scenarios.Play) {
		if !p.Has(scenarios.ScopeOne) && !p.Has(scenarios.RefreshEnds) {
			p.Undeclared(scenarios.RefreshEnds, "a logout ends the access tokens of all sessions and no refresh token, as the target file says")
		}
		t, sibling := p.Login("alice", "T"), renewed(p, "S", 0)
		other := renewed(p, "S'", p.Replicas()-1)
		p.Call(t, scenarios.WantAccepted)
		p.Logout(t, scenarios.Acknowledged)
		p.Call(t, scenarios.WantRefused)
		for _, s := range []*scenarios.Token{sibling, other} {
			if p.Has(scenarios.ScopeOne) {
				p.Call(s, scenarios.WantAccepted)
				renew(p, s, s.Name+"3", report.Where{report.OfSession: "another session of the user who logged out"})
			} else {
				p.Call(s, scenarios.WantRefused)
				buysNothing(p, s, report.Where{report.OfSession: "another session of the user who logged out"})
			}
		}
		control(p)
		p.Call(t, scenarios.WantRefused)
		if !p.Has(scenarios.ScopeOne) {
			p.Call(sibling, scenarios.WantRefused)
			p.Call(other, scenarios.WantRefused)
		}
	},
}

// renewed begins a session at a replica and refreshes it.
func renewed(p *scenarios.Play, name string, replica int) *scenarios.Token {
	s := p.Login("alice", name, scenarios.LoginAt(replica))
	p.Call(s, scenarios.WantAccepted)
	return renew(p, s, name+"2", nil)
}
