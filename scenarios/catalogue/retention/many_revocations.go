package retention

import (
	"fmt"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

// How many logouts follow the first one: more than the usual bound of a cache
// where that costs nothing, and what can be asked of a target elsewhere.
const (
	logoutsInProcess = 1100
	logoutsElsewhere = 300
)

var manyRevocations = scenarios.Scenario{
	ID:          "retention/many-revocations",
	Title:       "Later logouts do not push out earlier ones",
	Level:       report.Must,
	Requirement: "A token must still be refused after many other tokens have been logged out.",
	Refs:        append([]string{"CWE-400"}, refs...),
	Fix:         "Do not keep revocations in a cache that evicts (LRU, a fixed size, maxmemory with an evicting policy): an attacker who logs in and out fills it.",
	Run: func(p *scenarios.Play) {
		t := end(p, "T")
		p.Call(t, scenarios.WantRefused)
		n := logoutsElsewhere
		if p.Movable() {
			n = logoutsInProcess
		}
		n = p.RepeatLogins(p.Sample(n), 0.8, func(i int) {
			p.Logout(p.Login("alice", fmt.Sprintf("N%d", i+1)), scenarios.Acknowledged)
		})
		p.Number("logouts after the first", float64(n), "", "an eviction that starts later would not have shown")
		p.Call(t, scenarios.WantRefused)
		control(p, t)
	},
}
