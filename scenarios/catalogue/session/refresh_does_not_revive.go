package session

import (
	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

var refreshDoesNotRevive = scenarios.Scenario{
	ID:          "session/refresh-does-not-revive",
	Title:       "A refresh does not revive a logged-out token",
	Level:       report.Must,
	Requirement: "A logged-out access token must stay refused after a refresh, be it of its own session or of another one of the same user.",
	Refs:        append([]string{"RFC 7009 section 2.1"}, refs...),
	Needs:       []scenarios.Capability{scenarios.Refresh},
	Fix:         "Let a refresh add a token and take back nothing: what was revoked stays so until its exp, whoever is given a new token.",
	Run: func(p *scenarios.Play) {
		t, sibling := p.Login("alice", "T"), p.Login("alice", "S")
		p.Call(t, scenarios.WantAccepted)
		p.Call(sibling, scenarios.WantAccepted)
		p.Logout(t, scenarios.Acknowledged)
		p.Call(t, scenarios.WantRefused)
		own(p, t)
		p.CallEverywhere(t, scenarios.WantRefused)
		if p.Has(scenarios.ScopeOne) {
			renew(p, sibling, "S2", report.Where{report.OfSession: "another session of the user who logged out"})
			p.CallEverywhere(t, scenarios.WantRefused)
		}
		control(p)
		p.CallEverywhere(t, scenarios.WantRefused)
	},
}

// own refreshes the session whose token was logged out: where that goes on, it is
// given another token, and else nothing.
func own(p *scenarios.Play, t *scenarios.Token) {
	if p.Has(scenarios.RefreshEnds) {
		buysNothing(p, t, nil)
		return
	}
	if p.Contract().Refresh.SendsAccess() {
		p.Note("its own session was not refreshed: that takes the token that was logged out")
		return
	}
	renew(p, t, "T2", report.Where{report.OfSession: "whose access token was logged out"})
}
