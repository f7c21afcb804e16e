package wire

import (
	"net/http"
	"strings"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

// Sizes beyond what gateways commonly read of a token, and of a header line.
var sizes = []int{9 << 10, 20 << 10}

var hugeToken = scenarios.Scenario{
	ID:          "wire/huge-token",
	Title:       "Size does not get past the check",
	Level:       report.Must,
	Requirement: "Neither a token of many kilobytes nor a dead token beside a huge header line must be accepted.",
	Refs:        []string{"CWE-770", "CWE-636", "RFC 6585 section 5"},
	Fix:         "Refuse what is too long to be checked (400, 401 or 431); never forward it unchecked.",
	Run: func(p *scenarios.Play) {
		t := p.Login("alice", "L")
		live := p.Call(t, scenarios.WantAccepted)
		for _, n := range sizes {
			for _, raw := range oversized(t.Raw, n) {
				notForwarded(p, t, live, raw)
			}
		}
		p.Call(t, scenarios.WantAccepted)
		p.DeadInEveryForm(p.EachRoute("with a huge header line,", func(r *scenarios.Request) {
			r.Header = orNew(r.Header)
			r.Header.Set("X-Padding", strings.Repeat("a", sizes[0]))
		}))
	},
}

// oversized are tokens of n bytes or more that nobody issued.
func oversized(raw string, n int) []string {
	return []string{strings.Repeat("A", n), raw + strings.Repeat("A", n), raw + "." + strings.Repeat("A", n)}
}

// notForwarded requires that an oversized token is not answered like a live
// one, whoever the answer names, where no token is not either.
func notForwarded(p *scenarios.Play, t *scenarios.Token, live scenarios.Answer, raw string) {
	route := p.Contract().Routes[0]
	none := p.Send(p.CanonicalRequest(route, ""), scenarios.Refused)
	if none.Status == live.Status && !p.Planning() {
		p.NotRun("%s answers a call without a token with the status of a live one", route)
	}
	a := p.Send(p.CanonicalRequest(route, p.Respell(t, "huge", raw).Raw), scenarios.Refused)
	bad := a.Err == nil && a.Status == live.Status && !p.Planning()
	p.Summary("a token of "+kilobytes(raw), "not accepted", http.StatusText(a.Status), 1, !bad)
	if bad {
		p.Fail("a token of %s that nobody issued was accepted (%d)", kilobytes(raw), a.Status)
	}
}
