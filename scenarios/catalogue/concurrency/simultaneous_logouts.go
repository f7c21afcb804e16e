package concurrency

import (
	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

var simultaneousLogouts = scenarios.Scenario{
	ID:          "concurrency/simultaneous-logouts",
	Title:       "Logging one token out many times at once ends it",
	Level:       report.Must,
	Requirement: "When the same token is logged out several times at once, it must be dead afterwards and the target unharmed.",
	Refs:        []string{"CWE-613", "CWE-362", "RFC 7009 section 2.2"},
	Fix:         "Make the logout idempotent and atomic: a revocation is set, never toggled or counted.",
	Run: func(p *scenarios.Play) {
		for range 3 {
			endAtOnce(p)
		}
	},
}

func endAtOnce(p *scenarios.Play) {
	t := p.Login("alice", "T")
	p.Call(t, scenarios.WantAccepted)
	p.Parallel(6, func(int) { p.Logout(t, scenarios.Harmless) })
	// Which of the connections that the logouts opened would be used again is
	// left to chance.
	fresh := scenarios.Over(scenarios.NewConnection)
	p.Call(t, scenarios.WantRefused, fresh)
	live := p.Login("alice", "U")
	p.Call(live, scenarios.WantAccepted, fresh)
	p.Call(t, scenarios.WantRefused, fresh)
}
