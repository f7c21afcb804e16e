package session

import (
	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
	"github.com/revocheck/revocheck/scenarios/wire"
)

var introspectionVerifies = scenarios.Scenario{
	ID:          "session/introspection-verifies",
	Title:       "The introspection calls no forged or expired token active",
	Level:       report.Must,
	Requirement: "The introspection must call a token inactive whose signature is not the issuer's, or whose exp has passed.",
	Refs:        append([]string{"RFC 7662 section 4", "CWE-347"}, refs...),
	Needs:       []scenarios.Capability{scenarios.Introspection},
	Fix:         "Verify the signature and exp of a token before the introspection looks into the store.",
	Run: func(p *scenarios.Play) {
		var life []scenarios.LoginOption
		if p.Has(scenarios.Expiry) {
			life = p.ShortLived()
		}
		t := p.Login("alice", "T", life...)
		p.Call(t, scenarios.WantAccepted)
		said(p, t, wire.Active)
		forged := p.Respell(t, "forged", scenarios.TamperedSignature(t.Raw))
		if got, a := asked(p, forged, wire.Inactive, 0); got == wire.Active {
			p.FailAs(report.StrangerAccepted, report.Where{report.OfToken: "forged", report.InForm: "the introspection calls it active"},
				"the introspection calls %s active (%d), whose signature is not the issuer's", forged, a.Status)
		}
		if len(life) > 0 || p.Clock().Movable() {
			expires(p, t)
		} else {
			p.Note("an expired token is not tried: no lifetime can be asked for")
		}
		live := p.Login("alice", "U")
		p.Call(live, scenarios.WantAccepted)
		said(p, live, wire.Active)
	},
}

// expires waits for the end of a token, after which the introspection must call it
// inactive.
func expires(p *scenarios.Play, t *scenarios.Token) {
	exp, ends := t.Exp()
	if !ends {
		p.Note("an expired token is not tried: tokens have no exp")
		return
	}
	p.Clock().WaitUntil(exp.Add(p.Contract().Leeway + p.Contract().Introspect.CacheWindow + p.Clock().Guard()))
	if got, a := asked(p, t, wire.Inactive, 0); got == wire.Active {
		p.FailAs(report.StrangerAccepted, report.Where{report.AtTime: "after exp", report.InForm: "the introspection calls it active"},
			"the introspection calls %s active (%d), whose exp has passed", t, a.Status)
	}
}
