package resilience

import (
	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

var storeRestartWith = scenarios.Scenario{
	ID:          "resilience/store-restart-with-persistence",
	Title:       "A store that persists loses no logout when it is restarted",
	Level:       report.Must,
	Requirement: "A target that declares that its logouts survive a restart of its store must refuse every logged-out token after one.",
	Refs:        []string{"CWE-613", "CWE-636"},
	Needs:       []scenarios.Capability{scenarios.StoreRestart, scenarios.SurvivesRestart},
	Profile:     scenarios.Full,
	Fix:         "Have the store write each revocation to its disk before it is acknowledged (Redis: appendonly yes, appendfsync always).",
	Run:         func(p *scenarios.Play) { restarted(p, "a restart of the store, which is said to persist them") },
}

var storeRestartWithout = scenarios.Scenario{
	ID:          "resilience/store-restart-without-persistence",
	Title:       "A store that does not persist brings no token back when it is restarted",
	Level:       report.Should,
	Requirement: "A target whose store may forget the logouts should notice that, and refuse every token that was issued before.",
	Refs:        []string{"CWE-613", "CWE-636"},
	Needs:       []scenarios.Capability{scenarios.StoreRestart, scenarios.VolatileStore},
	Profile:     scenarios.Full,
	Fix: "Persist the revocations, or keep a mark in the store that each token names: a store without the mark has forgotten, " +
		"and every token of before is refused.",
	Run: func(p *scenarios.Play) { restarted(p, "a restart of the store, which is not said to persist them") },
}

func restarted(p *scenarios.Play, what string) {
	tokens := revoked(p)
	p.Store().Restart()
	survive(p, tokens, what)
}
