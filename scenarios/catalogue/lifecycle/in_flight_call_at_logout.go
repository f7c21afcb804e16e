package lifecycle

import (
	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

// rounds of calls that overlap a logout.
const rounds = 20

var inFlightCallAtLogout = scenarios.Scenario{
	ID:          "lifecycle/in-flight-call-at-logout",
	Title:       "Calls under way do not outlive a logout",
	Level:       report.Must,
	Requirement: "A call that overlaps the logout may go either way; every call sent after the acknowledgement must be refused.",
	Refs:        []string{"CWE-613", "CWE-367", "RFC 7009 section 2.1"},
	Fix:         "Do not cache the verdict of a call under way, and acknowledge the logout only when it holds.",
	Run: func(p *scenarios.Play) {
		first := p.Login("alice", "T")
		p.Call(first, scenarios.WantAccepted)
		p.RepeatLogins(p.Sample(rounds), 0.8, func(int) { overlap(p) })
		p.Logout(first, scenarios.Harmless)
		p.Call(first, scenarios.WantRefused)
		live := p.Login("alice", "U")
		p.Call(live, scenarios.WantAccepted)
		p.Call(first, scenarios.WantRefused)
	},
}

// overlap sends calls around a logout and, once it is acknowledged, one that
// must be refused.
func overlap(p *scenarios.Play) {
	t := p.Login("alice", "O")
	p.Call(t, scenarios.WantAccepted)
	const callers = 4
	p.Parallel(callers+1, func(i int) {
		if i == callers {
			p.Logout(t, scenarios.Acknowledged)
			p.CallOnce(t, scenarios.WantRefused)
			return
		}
		p.Call(t, scenarios.WantAny, scenarios.Over(scenarios.NewConnection))
	})
	p.CallOnce(t, scenarios.WantRefused)
}
