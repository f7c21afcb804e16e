package resilience

import (
	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

var storeEvicts = scenarios.Scenario{
	ID:     "resilience/store-evicts",
	Title:  "A store without room drops no logout",
	Level:  report.Should,
	MustIf: scenarios.SurvivesEviction,
	Requirement: "When the store's memory is used up, logged-out tokens should stay refused, and must where the target declares it; " +
		"a logout that finds no room is not acknowledged.",
	Refs:    []string{"CWE-613", "CWE-770"},
	Needs:   []scenarios.Capability{scenarios.StoreFill},
	Profile: scenarios.Full,
	Fix:     "Let the store refuse writes rather than evict (Redis: maxmemory-policy noeviction), and give revocations a store of their own.",
	Run: func(p *scenarios.Play) {
		tokens := revoked(p)
		late := leaves(p, "V")
		p.Store().Fill()
		if tryLogout(p, late, 0) {
			tokens = append(tokens, late)
		}
		gone, _ := lost(p, tokens)
		p.Number("revocations lost while full", float64(gone), "1", "tokens that were accepted before there was room again")
		if gone > 0 {
			p.FailAs(report.RevocationsLost, report.Where{report.AfterEvent: "the store was full"}, "%d of %d acknowledged logouts were lost when the store was full: their tokens are accepted again", gone, len(tokens))
		}
		p.Store().Mend()
		survive(p, tokens, "the store's memory was used up")
	},
}
