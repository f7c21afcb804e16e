package wire

import (
	"fmt"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

var hugeTokenNoFailure = scenarios.Scenario{
	ID:          "wire/huge-token-no-failure",
	Title:       "A huge token is an ordinary mistake",
	Level:       report.Should,
	Requirement: "A token that is too long should be answered with a 4xx, not with a failure of the gateway.",
	Refs:        []string{"CWE-755", "RFC 6585 section 5", "RFC 9110 section 15.5"},
	Fix:         "Bound the size of a token and answer 400, 401 or 431.",
	Run: func(p *scenarios.Play) {
		t := p.Login("alice", "L")
		p.Call(t, scenarios.WantAccepted)
		for _, n := range sizes {
			raw := oversized(t.Raw, n)[1]
			a := p.Send(p.CanonicalRequest(p.Contract().Routes[0], p.Respell(t, "huge", raw).Raw), scenarios.Refused)
			if a.Err == nil && a.Status >= 500 && !p.Planning() {
				p.FailAs(report.WrongShape, report.Where{report.OnlyScenario: "a failure at a huge token"}, "a token of %s was answered %d", kilobytes(raw), a.Status)
			}
		}
		p.Call(t, scenarios.WantAccepted)
	},
}

func kilobytes(raw string) string { return fmt.Sprintf("%d KiB", len(raw)>>10) }
