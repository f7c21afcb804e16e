package session

import (
	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

var graceNotRenewed = scenarios.Scenario{
	ID:          "session/grace-not-renewed",
	Title:       "A further logout does not begin the leak window anew",
	Level:       report.Must,
	Requirement: "When the declared leak window (none by default) has passed since the first logout of a token was acknowledged, the token must be refused, however often it was logged out in between.",
	Refs:        append([]string{"RFC 7009 section 2.2"}, refs...),
	Fix:         "Keep the time of the first logout: a further one of the same token must not overwrite it, nor the time from which the revocation holds.",
	Run: func(p *scenarios.Play) {
		window := p.Contract().LeakWindow
		if !p.Clock().CanWait(window + window/2) {
			p.TooLong(window + window/2)
		}
		alone, again := p.Login("alice", "A"), p.Login("alice", "T")
		p.CallEverywhere(alone, scenarios.WantAccepted)
		p.CallEverywhere(again, scenarios.WantAccepted)
		if p.Has(scenarios.ScopeOne) {
			p.Logout(alone, scenarios.Acknowledged)
		}
		p.Logout(again, scenarios.Acknowledged)
		logOutAgain(p, again)
		if p.Has(scenarios.ScopeOne) {
			p.CallEverywhere(alone, scenarios.WantRefused) // or the window is too long without any further logout
		}
		p.CallEverywhere(again, scenarios.WantRefused)
		p.Call(p.Login("alice", "U"), scenarios.WantAccepted)
		p.Call(again, scenarios.WantRefused)
		if p.Has(scenarios.ScopeOne) {
			p.Call(alone, scenarios.WantRefused)
		}
	},
}

// furtherLogouts until one and a half windows have passed.
const furtherLogouts = 6

// logOutAgain logs a dead token out until the window has passed and for half as
// long again.
func logOutAgain(p *scenarios.Play, dead *scenarios.Token) {
	acknowledged := 0
	for range furtherLogouts {
		p.Elapse(p.Contract().LeakWindow / 4)
		if p.LogoutAcknowledged(p.Send(p.LogoutRequest(dead), scenarios.Accepted)) {
			acknowledged++
		}
	}
	p.Summary("log "+dead.String()+" out again and again", "", "", furtherLogouts, true)
	if acknowledged == 0 {
		p.Note("no further logout of a dead token is acknowledged: there is nothing that could begin anew")
	}
}
