package wire

import (
	"bytes"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

var refusalTellsNothing = scenarios.Scenario{
	ID:          "wire/refusal-tells-nothing",
	Title:       "A refusal does not carry the answer",
	Level:       report.Must,
	Requirement: "The body of a refusal must not be the one that a live token would have got.",
	Refs:        []string{"CWE-200", "CWE-613", "RFC 6750 section 3.1"},
	Fix:         "Refuse before the backend is called, and write the refusal's own body.",
	Run: func(p *scenarios.Play) {
		o := observe(p)
		if !p.Planning() && answered(p, o) {
			p.Fail("the refusal (%d) has the body that a live token is answered with (%d bytes)", o.dead.Status, len(o.dead.Body))
		}
	},
}

// answered reports whether a refusal's body is the live one: byte by byte, or
// by the identity that it gives, since answers may hold a time or a number.
func answered(p *scenarios.Play, o observed) bool {
	if len(o.live.Body) > 0 && bytes.Equal(o.live.Body, o.dead.Body) {
		return true
	}
	route, as := p.Contract().Routes[0], o.dead
	as.Status = o.live.Status
	return route.Identity != "" && p.Judge(route, o.token, as) == scenarios.Accepted
}
