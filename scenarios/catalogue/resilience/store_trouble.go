package resilience

import (
	"time"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

// slowness is longer than a gateway waits for its store that does not want to
// keep its callers waiting.
const slowness = 3 * time.Second

const closedFix = "Refuse (503) when the store does not answer in time, whatever the reason, and acknowledge a logout only when the write is."

var storeSlow = scenarios.Scenario{
	ID:          "resilience/store-slow",
	Title:       "A slow store lets no dead token through",
	Level:       report.Must,
	Requirement: "While its store answers late, a target must wait or refuse; it must not serve a logged-out token because the answer is not there yet.",
	Refs:        []string{"CWE-636", "CWE-613"},
	Needs:       []scenarios.Capability{scenarios.StoreSlow},
	Profile:     scenarios.Full,
	Fix:         closedFix,
	Run:         func(p *scenarios.Play) { through(p, 0, func() { p.Store().Slow(slowness) }) },
}

var connectionReset = scenarios.Scenario{
	ID:          "resilience/connection-reset",
	Title:       "A broken connection to the store lets no dead token through",
	Level:       report.Must,
	Requirement: "When its connections to the store break as they are used, a target must not serve a logged-out token, and must recover by itself.",
	Refs:        []string{"CWE-636", "CWE-613"},
	Needs:       []scenarios.Capability{scenarios.StoreReset},
	Profile:     scenarios.Full,
	Fix:         closedFix,
	Run:         func(p *scenarios.Play) { through(p, 0, p.Store().Reset) },
}

var storePartition = scenarios.Scenario{
	ID:          "resilience/store-partition",
	Title:       "A replica that is cut off from the store serves no dead token",
	Level:       report.Must,
	Requirement: "A replica that cannot reach the store must not serve what was logged out at another one, nor acknowledge a logout that the others do not learn of.",
	Refs:        []string{"CWE-636", "CWE-613", "CWE-662"},
	Needs:       []scenarios.Capability{scenarios.StorePartition, scenarios.Replicas},
	Profile:     scenarios.Full,
	Fix:         closedFix,
	Run: func(p *scenarios.Play) {
		parted := alive(p, "P")
		p.Store().Partition(1)
		p.Logout(parted, scenarios.Acknowledged)
		p.Propagate()
		p.Call(parted, scenarios.WantRefused)
		p.Call(parted, cut(p), scenarios.At(1))
		p.Store().Mend()
		through(p, 1, func() { p.Store().Partition(1) })
		p.Call(parted, scenarios.WantRefused, scenarios.At(1))
	},
}

var storeBack = scenarios.Scenario{
	ID:          "resilience/store-back",
	Title:       "When its store is back, the target works as before",
	Level:       report.Must,
	Requirement: "After an outage of its store a target must by itself serve live tokens, refuse dead ones and end tokens again, on every replica.",
	Refs:        []string{"CWE-636", "CWE-613"},
	Needs:       []scenarios.Capability{scenarios.StoreFaults},
	Profile:     scenarios.Full,
	Fix:         "Ask the store again after a failure: a breaker that opens must close, and a pool must replace broken connections.",
	Run: func(p *scenarios.Play) {
		through(p, 0, func() {
			p.Store().Break()
			route := p.Contract().Routes[0]
			p.CallEverywhere(nil, scenarios.WantAny, scenarios.On(route)) // each learns that the store is away
		})
		again := alive(p, "W")
		p.Logout(again, scenarios.Acknowledged)
		p.Propagate()
		p.CallEverywhere(again, scenarios.WantRefused)
		p.Call(p.Store().Recover("X"), scenarios.WantAccepted)
		p.Call(again, scenarios.WantRefused)
	},
}
