package concurrency

import (
	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

// ask calls the first protected route at a replica. An answer that is neither
// a live token's, nor a refusal, nor an error stops the scenario.
func ask(p *scenarios.Play, t *scenarios.Token, replica int) (scenarios.Answer, scenarios.Outcome) {
	a, o := send(p, t, replica)
	const neither = "%s was answered %d, which is neither its holder's answer nor a declared refusal"
	switch o {
	case scenarios.SomebodyElse:
		p.FailAs(report.Disclosed, report.Where{report.OfUser: "somebody else"}, neither, t, a.Status)
	case scenarios.Other:
		p.FailAs(report.UndeclaredRefusal, report.Where{}, neither, t, a.Status)
	}
	return a, o
}

// send calls the first protected route at a replica and takes any answer.
func send(p *scenarios.Play, t *scenarios.Token, replica int) (scenarios.Answer, scenarios.Outcome) {
	route := p.Contract().Routes[0]
	req := p.CanonicalRequest(route, t.Raw)
	req.Replica = replica
	a := p.Send(req, scenarios.Refused)
	return a, p.Judge(route, t, a)
}

// mustTell stops the scenario if more than one answer in ten told nothing.
func mustTell(p *scenarios.Play, unknown, of int) {
	switch {
	case p.Context().Err() != nil:
		p.NotRun("the run was interrupted")
	case unknown*10 > of:
		p.Inconclusive("%d of %d answers say nothing about revocation (time-outs, errors, throttling)", unknown, of)
	case unknown > 0:
		p.Note("%d of %d answers said nothing about revocation", unknown, of)
	}
}
