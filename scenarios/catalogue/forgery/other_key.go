package forgery

import (
	"github.com/revocheck/revocheck/fixtures/attack/forgery"
	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

var otherKey = scenario("resigned-other-key",
	"Only the issuer signs",
	"A token whose claims were signed again with a key of the attacker's own must not be accepted, and the issuer's secret must not be one that anybody can guess.",
	"Verify with the issuer's key and with the algorithm that belongs to it; use a secret that cannot be guessed.",
	resigned, "RFC 8725 section 3.5", "CWE-798", "CWE-521")

func resigned(p *scenarios.Play) {
	t := p.Login("alice", "T")
	if forgery.Guessed(t.Raw) {
		p.FailAs(report.Disclosed, report.Where{report.InForm: "its secret can be guessed"}, "the secret that signed %s is on a list of common ones: whoever holds a token can find it, and write others", t)
	}
	refuseForgeries(p, t, forgery.OtherKey)
}
