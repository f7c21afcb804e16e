package expiry

import (
	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

var expiredRefused = scenarios.Scenario{
	ID:          "expiry/expired-refused",
	Title:       "An expired token is refused",
	Level:       report.Must,
	Requirement: "A token must be refused once its exp, and the leeway that the target declares, have passed, on every route and by every replica.",
	Refs:        []string{"RFC 7519 section 4.1.4", "CWE-613", "OWASP ASVS 5.0 V9.2.1", "WSTG-SESS-07"},
	Needs:       []scenarios.Capability{scenarios.Expiry},
	Fix:         "Verify exp at every call, in one place for all routes, methods and replicas; declare the leeway if there is one.",
	Run: func(p *scenarios.Play) {
		t := p.Login("alice", "T", p.ShortLived()...)
		p.Call(t, scenarios.WantAccepted)
		waitPastExp(p, t)
		p.CallEverywhere(t, scenarios.WantNotAccepted)
		live := p.Login("alice", "U")
		p.Call(live, scenarios.WantAccepted)
		for _, at := range p.DiscriminatingEntryPoints(live) {
			p.CallThere(at, t, scenarios.WantNotAccepted)
		}
		p.Call(live, scenarios.WantAccepted)
		p.CallEverywhere(t, scenarios.WantNotAccepted)
	},
}

func waitPastExp(p *scenarios.Play, t *scenarios.Token) {
	exp, ok := t.Exp()
	if !ok {
		p.Undeclared(scenarios.Expiry, "the token has no exp")
	}
	p.Clock().WaitUntil(exp.Add(p.Contract().Leeway + p.Clock().Guard()))
}
