package retention

import (
	"fmt"
	"time"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

// entries is how many revocations are made before the store is looked at.
const entries = 20

// tolerated is how long after its token's exp an entry may stay: some are kept
// a minute longer on purpose, for clocks that differ, and some stores sweep
// rarely. Neither makes a store grow for ever.
const tolerated = 24 * time.Hour

var entryDroppedAfterExp = scenarios.Scenario{
	ID:          "retention/entry-dropped-after-exp",
	Title:       "The store does not grow for ever",
	Level:       report.Should,
	Requirement: "A revocation should be dropped once its token has expired, within a day at the latest.",
	Refs:        append([]string{"CWE-401", "CWE-770"}, refs...),
	Needs:       []scenarios.Capability{scenarios.StoreSize, scenarios.MovableClock},
	Profile:     scenarios.Full,
	Fix:         "Give each revocation a time to live that ends with the token's exp plus leeway.",
	Run: func(p *scenarios.Play) {
		generation(p, 1) // what is kept for each user, however often it logs out
		before := storeSize(p)
		generation(p, entries)
		after := storeSize(p)
		p.Number("entries kept", float64(after-before), "", fmt.Sprintf("after %d logouts and %s after the exp of their tokens", entries, tolerated))
		if after > before {
			p.FailAs(report.EntriesKept, report.Where{}, "%d logouts left %d entries in the store, %s after all their tokens had expired", entries, after-before, tolerated)
		}
	},
}

// generation logs n tokens out and waits until nothing need know of them.
func generation(p *scenarios.Play, n int) {
	var last time.Time
	for i := range n {
		t := end(p, fmt.Sprintf("T%d", i+1))
		p.Call(t, scenarios.WantRefused)
		control(p, t)
		if exp, ok := t.Exp(); ok && exp.After(last) {
			last = exp
		}
	}
	p.Clock().WaitUntil(last.Add(p.Contract().Leeway + 2*p.Clock().Guard() + tolerated))
}

func storeSize(p *scenarios.Play) int {
	n, err := p.Powers().StoreSize(p.Context())
	if err != nil {
		p.Inconclusive("the size of the store could not be read: %v", err)
	}
	p.Step(report.Step{Text: "count the entries of the store", Actual: fmt.Sprint(n), OK: true})
	return n
}
