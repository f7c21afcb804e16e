package resilience

import (
	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

var storeFailover = scenarios.Scenario{
	ID:          "resilience/store-failover",
	Title:       "A stand-in that takes the store's place knows what was ended",
	Level:       report.Should,
	MustIf:      scenarios.SurvivesFailover,
	Requirement: "After another server has taken the store's place, every logged-out token should be refused; it must be where the target declares that its logouts survive that.",
	Refs:        []string{"CWE-613", "CWE-662"},
	Needs:       []scenarios.Capability{scenarios.StoreFailover},
	Profile:     scenarios.Full,
	Fix:         "Acknowledge a logout only when a replica of the store has it too (Redis: WAIT); replication by itself is asynchronous.",
	Run: func(p *scenarios.Play) {
		tokens := revoked(p)
		p.Store().FailOver()
		survive(p, tokens, "a failover of the store")
	},
}
