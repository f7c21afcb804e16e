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
	Requirement: "Of many calls sent at once the instant a logout is acknowledged, none may be accepted at the same replica, nor, when the declared leak window (none by default) has passed, at any other.",
	Refs:        []string{"CWE-613", "CWE-362", "CWE-367"},
	Alone:       true, // a gateway may turn callers away for a while
	Fix:         "Acknowledge a logout only when every worker and replica will see it, and when there are too many calls to check, refuse them.",
	Run: func(p *scenarios.Play) {
		t := p.Login("alice", "T")
		p.Call(t, scenarios.WantAccepted)
		p.Logout(t, scenarios.Acknowledged)
		each := max(p.SampleFor(200)/clients, 1)
		if p.Contract().LeakWindow > 0 {
			burst(p, t, each, 1)
			p.Propagate()
		}
		burst(p, t, each, p.Replicas())
		p.Call(t, scenarios.WantRefused)
		crowdCalls(p, t)
		p.Call(t, scenarios.WantRefused)
		live := p.Login("alice", "U")
		p.Call(live, scenarios.WantAccepted)
		p.Call(t, scenarios.WantRefused)
		p.Bound("bypass rate", clients*each, fmt.Sprintf("%d calls by %d clients, none accepted", clients*each, clients))
	},
}

// clients of a burst.
const clients = 8

// burst has clients call a dead token at the first replicas.
func burst(p *scenarios.Play, t *scenarios.Token, each, replicas int) {
	p.Parallel(clients, func(i int) {
		for range each {
			p.CallOnce(t, scenarios.WantRefused, scenarios.At(i%replicas))
		}
	})
}
