package resilience

import (
	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

// through has trouble come and go, with a dead, a live and a leaving token at
// one replica. While it lasts no dead token is served, unless the target
// declares posture open; a live one is not refused; and a logout that is
// acknowledged holds. Afterwards each token is what it was.
func through(p *scenarios.Play, at int, trouble func()) {
	dead, live, leaving := alive(p, "T"), alive(p, "L"), leaves(p, "V")
	p.Logout(dead, scenarios.Acknowledged)
	p.Call(dead, scenarios.WantRefused)
	p.Propagate()
	trouble()
	here := scenarios.At(at)
	p.Call(dead, cut(p), here)
	p.Call(dead, cut(p), here, scenarios.Over(scenarios.NewConnection))
	notRefused(p, live, here)
	acknowledged := tryLogout(p, leaving, at)
	p.Store().Mend()
	p.Propagate()
	fresh := p.Store().Recover("U", dead)
	for replica := range p.Replicas() {
		p.Call(dead, scenarios.WantRefused, scenarios.At(replica))
		if acknowledged {
			p.Call(leaving, scenarios.WantRefused, scenarios.At(replica))
		}
	}
	p.Call(fresh, scenarios.WantAccepted)
	p.Call(dead, scenarios.WantRefused)
	if acknowledged {
		p.Call(leaving, scenarios.WantRefused)
	}
}

// leaves gives a token whose logout may come while its user's others are under
// watch: of another user where a logout ends all of a user's, if there is one.
func leaves(p *scenarios.Play, name string) *scenarios.Token {
	user := "alice"
	if p.Has(scenarios.ScopeAll) && p.Has(scenarios.TwoUsers) {
		user = "bob"
	}
	t := p.Login(user, name)
	p.Call(t, scenarios.WantAccepted)
	return t
}

// alive logs a user in and sees the token accepted at every replica. Where a
// logout ends all of a user's tokens, the live one is another user's.
func alive(p *scenarios.Play, name string) *scenarios.Token {
	user := "alice"
	if name == "L" && p.Has(scenarios.ScopeAll) && p.Has(scenarios.TwoUsers) {
		user = "bob"
	}
	t := p.Login(user, name)
	p.CallEverywhere(t, scenarios.WantAccepted)
	return t
}

// cut is what a call with a dead token comes to while the store cannot tell.
func cut(p *scenarios.Play) scenarios.Want {
	if p.Has(scenarios.PostureOpen) {
		return scenarios.WantAny
	}
	return scenarios.WantClosed
}

// notRefused stops the scenario if a live token is refused. That the target is
// unavailable is no refusal.
func notRefused(p *scenarios.Play, t *scenarios.Token, at scenarios.CallOption) {
	a := p.Call(t, scenarios.WantAny, at)
	if p.Planning() {
		return
	}
	if p.Judge(p.Contract().Routes[0], t, a) == scenarios.Refused && !p.Has(scenarios.ScopeAll) {
		p.FailAs(report.LiveRefused, p.Store().Where(), "a live token was refused (over-block) while the store was in trouble: %s answered %d", t, a.Status)
	}
}

// tryLogout logs a token out and reports whether that was acknowledged. If so,
// the token has to be dead from then on.
func tryLogout(p *scenarios.Play, t *scenarios.Token, at int) bool {
	req := p.LogoutRequest(t)
	req.Replica = at
	a := p.Send(req, scenarios.Unavailable)
	acknowledged, actual := p.LogoutAcknowledged(a), "not acknowledged: it need not hold"
	if acknowledged {
		p.Ended(t, a)
		actual = "acknowledged: it has to hold"
	}
	p.Step(report.Step{Request: req.String(), Actual: actual, OK: true, Took: report.Duration(a.Received.Sub(a.Sent))})
	if acknowledged {
		p.Call(t, cut(p), scenarios.At(at))
	}
	return acknowledged
}
