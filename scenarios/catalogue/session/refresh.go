package session

import (
	"fmt"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

// renewOf is a refresh of a token's session at a replica.
func renewOf(p *scenarios.Play, t *scenarios.Token, replica int) scenarios.Request {
	req := p.RefreshRequest(t)
	req.Replica = replica
	return req
}

// renew refreshes a session that lives: it must be given a token that works.
func renew(p *scenarios.Play, t *scenarios.Token, name string, where report.Where) *scenarios.Token {
	req := renewOf(p, t, 0)
	a := p.Send(req, scenarios.Accepted)
	next, o := p.Refreshed(t, name, a)
	kept(p, req, "a token", a, o, o == scenarios.Accepted)
	switch {
	case p.Context().Err() != nil:
		p.NotRun("the run was interrupted")
	case o == scenarios.Accepted:
		p.Call(next, scenarios.WantAccepted)
		return next
	case o == scenarios.Refused:
		p.FailAs(report.LiveRefused, with(where, "the refresh of a session that lives"), "a session that lives could not be refreshed (over-block): what %s came with was answered %d", t, a.Status)
	}
	p.Inconclusive("the refresh of a session that lives was answered with nothing that tells of it: %s%s", a.Text(o), o.Hint(false))
	return nil
}

func with(where report.Where, form string) report.Where {
	all := report.Where{report.InForm: form}
	for d, v := range where {
		all[d] = v
	}
	return all
}

func kept(p *scenarios.Play, req scenarios.Request, want string, a scenarios.Answer, o scenarios.Outcome, ok bool) {
	actual := a.Text(o)
	if o == scenarios.Accepted {
		actual = fmt.Sprintf("a token (%d)", a.Status)
	}
	p.Step(report.Step{Request: req.String(), Expected: want, Actual: actual, Took: report.Duration(a.Received.Sub(a.Sent)), OK: ok})
}

// buysNothing requires that nothing that an ended session has buys a token that
// works, at any replica: neither its refresh token nor its access token.
func buysNothing(p *scenarios.Play, t *scenarios.Token, where report.Where) {
	p.AwaitPropagation()
	for replica := range p.Replicas() {
		if buys(p, t, renewOf(p, t, replica)) {
			refreshed(p, t, where, "what came with it")
		}
		if p.Contract().Refresh.URL != "" {
			break // the replicas do not refresh
		}
	}
	if p.Contract().Refresh.HasToken() && buys(p, t, p.WithAccessAsRefresh(t)) {
		refreshed(p, t, with(where, "with the access token in place of the refresh token"), "the access token in place of the refresh token")
	}
}

func refreshed(p *scenarios.Play, t *scenarios.Token, where report.Where, what string) {
	r := p.Contract().Refresh
	p.FailEnded(report.SessionRefreshed, t, where, fmt.Sprintf("%s %s 200, and a call with what it gave", r.Method, r.Path), "%s bought a token that is accepted, after the session of %s had ended", what, t)
}

// buys sends a refresh that should buy nothing, and reports whether what came is a
// token that is accepted. A refresh that says nothing stops the scenario.
func buys(p *scenarios.Play, t *scenarios.Token, req scenarios.Request) bool {
	a := p.Send(req, scenarios.Refused)
	next, o := p.Refreshed(t, "N", a)
	works := false
	switch {
	case o == scenarios.Accepted:
		works = accepts(p, next)
	case o != scenarios.Refused:
		p.Inconclusive("the refresh of a session that has ended was answered with nothing that tells of it: %s%s", a.Text(o), o.Hint(false))
	}
	kept(p, req, "nothing that works", a, o, !works)
	return works
}

// accepts reports whether a token is accepted. An answer that says nothing stops
// the scenario.
func accepts(p *scenarios.Play, t *scenarios.Token) bool {
	route := p.Contract().Routes[0]
	a := p.Send(p.CanonicalRequest(route, t.Raw), scenarios.Refused)
	o := p.Judge(route, t, a)
	if o.Silent() {
		p.Inconclusive("%s says nothing about the token that a refresh gave", a.Text(o))
	}
	return o == scenarios.Accepted || o == scenarios.SomebodyElse
}

// control begins a session after all that ended: it must be served and refreshed.
func control(p *scenarios.Play) *scenarios.Token {
	u := p.Login("alice", "U")
	p.Call(u, scenarios.WantAccepted)
	return renew(p, u, "U2", report.Where{report.OfSession: "a login after a logout of the same user"})
}
