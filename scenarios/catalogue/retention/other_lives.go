package retention

import (
	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

var otherLives = scenarios.Scenario{
	ID:          "retention/next-to-shorter-lives",
	Title:       "A revocation that ends takes no other one along",
	Level:       report.Must,
	Requirement: "When tokens that were logged out before and after another one expire, that one must still be refused.",
	Refs:        refs,
	Needs:       []scenarios.Capability{scenarios.Lifetime},
	Alone:       true, // a later logout may put the end off again
	Fix:         "Give each revocation a time to live of its own: EXPIRE on a set or a hash is for all that is in it. A user's cut-off lives as long as the longest token that it ends.",
	Run: func(p *scenarios.Play) {
		before := end(p, "S", p.ShortLived()...)
		p.CallOnce(before, scenarios.WantRefused)
		t := p.Login("alice", "T", scenarios.LifeAtLeast(p.ShortLife()+2*spare))
		p.Call(t, scenarios.WantAccepted)
		after := p.Login("alice", "R", p.ShortLived()...)
		p.Call(after, scenarios.WantAccepted)
		endBoth(p, t, after)
		p.Call(t, scenarios.WantRefused)
		p.CallOnce(after, scenarios.WantRefused)
		exp, ok := after.Exp()
		if !ok {
			p.Undeclared(scenarios.Lifetime, "the token has no exp")
		}
		p.Clock().WaitUntil(exp.Add(p.Contract().Leeway + 2*p.Clock().Guard()))
		p.Call(t, scenarios.WantRefused)
		control(p, t)
	},
}

// endBoth logs a token out and then one of a shorter life. Where a logout ends
// all of the user's, that of the second is enough.
func endBoth(p *scenarios.Play, t, shorter *scenarios.Token) {
	if p.Has(scenarios.ScopeOne) {
		p.Logout(t, scenarios.Acknowledged)
	}
	p.Logout(shorter, scenarios.Acknowledged)
}
