package wire

import (
	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

var refusalTellsNothing = scenarios.Scenario{
	ID:          "wire/refusal-tells-nothing",
	Title:       "A refusal does not carry the answer",
	Level:       report.Must,
	Requirement: "The body of a refusal must neither be nor hold the one that a live token would have got.",
	Refs:        []string{"CWE-200", "CWE-613", "RFC 6750 section 3.1"},
	Fix:         "Refuse before the backend is called, return at once, and write the refusal's own body.",
	Run: func(p *scenarios.Play) {
		t := p.Login("alice", "T")
		answers := make([]told, len(p.Contract().Routes))
		for i, r := range p.Contract().Routes {
			answers[i] = told{route: r, none: p.Send(p.CanonicalRequest(r, ""), scenarios.Refused)}
			answers[i].live = p.Call(t, scenarios.WantAccepted, scenarios.On(r))
		}
		p.Logout(t, scenarios.Acknowledged)
		for _, a := range answers {
			a.dead = p.Call(t, scenarios.WantRefused, scenarios.On(a.route))
			if !p.Planning() && a.tells(p, t) {
				p.FailAs(report.Disclosed, report.Where{report.InForm: "in the body of the refusal"}, "the refusal (%d) of %s has in its body what a live token is answered with (%d bytes)", a.dead.Status, a.route, len(a.dead.Body))
			}
		}
		p.Call(p.Login("alice", "U"), scenarios.WantAccepted)
		p.Call(t, scenarios.WantRefused)
	},
}
