package concurrency

import (
	"fmt"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

// stormed is how many tokens are logged out at once.
const stormed = 60

var logoutStorm = scenarios.Scenario{
	ID:          "concurrency/logout-storm",
	Title:       "Of many logouts at once, none is lost",
	Level:       report.Must,
	Requirement: "When many tokens are logged out at the same time, each acknowledged logout must hold.",
	Refs:        []string{"CWE-613", "CWE-362"},
	Needs:       []scenarios.Capability{scenarios.ScopeOne},
	Alone:       true, // a gateway may turn callers away for a while
	Fix:         "Write each revocation by itself and wait for it; do not gather, sample or overwrite them, and do not acknowledge one that finds a full queue.",
	Run: func(p *scenarios.Play) {
		n := p.SampleOfLogins(stormed)
		tokens := make([]*scenarios.Token, n)
		n = p.RepeatLogins(n, 0.8, func(i int) {
			tokens[i] = p.Login("alice", fmt.Sprintf("T%d", i))
			p.Call(tokens[i], scenarios.WantAccepted)
		})
		p.Parallel(clients, func(i int) {
			for k := i; k < n; k += clients {
				p.Logout(tokens[k], scenarios.Acknowledged)
				p.CallOnce(tokens[k], scenarios.WantRefused)
			}
		})
		p.Repeat(n, func(i int) { p.Call(tokens[i], scenarios.WantRefused) })
		crowdLogouts(p, tokens[0])
		live := p.Login("alice", "U")
		p.Call(live, scenarios.WantAccepted)
		p.Repeat(n, func(i int) { p.Call(tokens[i], scenarios.WantRefused) })
		p.Bound("rate of lost logouts", n, fmt.Sprintf("%d logouts by %d clients, none lost", n, clients))
	},
}
