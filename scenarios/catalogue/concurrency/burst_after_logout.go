package concurrency

import (
	"fmt"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

var burstAfterLogout = scenarios.Scenario{
	ID:          "concurrency/burst-after-logout",
	Title:       "A burst right after the logout finds the door shut",
	Level:       report.Must,
	Requirement: "Of many calls sent at once the instant a logout is acknowledged, none may be accepted.",
	Refs:        []string{"CWE-613", "CWE-362", "CWE-367"},
	Fix:         "Acknowledge a logout only when every worker and replica will see it.",
	Run: func(p *scenarios.Play) {
		t := p.Login("alice", "T")
		p.Call(t, scenarios.WantAccepted)
		p.Logout(t, scenarios.Acknowledged)
		const clients = 8
		each := max(p.Sample(200)/clients, 1)
		p.Parallel(clients, func(i int) {
			for range each {
				p.CallOnce(t, scenarios.WantRefused, scenarios.At(i%p.Replicas()))
			}
		})
		p.Call(t, scenarios.WantRefused)
		live := p.Login("alice", "U")
		p.Call(live, scenarios.WantAccepted)
		p.Call(t, scenarios.WantRefused)
		p.Bound("bypass rate", clients*each, fmt.Sprintf("%d calls by %d clients, none accepted", clients*each, clients))
	},
}
