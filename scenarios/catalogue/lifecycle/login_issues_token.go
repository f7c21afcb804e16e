package lifecycle

import (
	"strings"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

var loginIssuesToken = scenarios.Scenario{
	ID:          "lifecycle/login-issues-token",
	Title:       "A login issues a signed token with an end",
	Level:       report.Must,
	Requirement: "A login must give a signed JWT that is accepted at once and whose exp, if it has one, lies in the future.",
	Refs:        []string{"RFC 7519 section 4.1.4", "RFC 8725 section 3.1", "OWASP ASVS 5.0 V9.2.1"},
	Fix:         "Sign tokens, set exp, and keep the issuer's clock right.",
	Run: func(p *scenarios.Play) {
		t := p.Login("alice", "T")
		if strings.EqualFold(t.Alg(), "none") || t.Alg() == "" || strings.HasSuffix(t.Raw, ".") {
			p.FailAs(report.StrangerAccepted, report.Where{report.OfToken: "issued without a signature"}, "%s is not signed (alg %q)", t, t.Alg())
		}
		left, ok := p.Clock().Left(t)
		switch {
		case !ok:
			p.Note("the token has no exp: only a logout ends it")
		case left <= 0:
			p.FailAs(report.WrongShape, report.Where{report.OnlyScenario: "a login issues a token past its exp"}, "%s was issued %s after its own exp", t, (-left).Round(1e9))
		}
		p.Call(t, scenarios.WantAccepted)
	},
}
