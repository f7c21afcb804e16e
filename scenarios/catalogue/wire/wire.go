// Package wire holds the scenarios about what a refusal looks like, and about
// requests of unusual size.
package wire

import "github.com/revocheck/revocheck/scenarios"

// Scenarios are those of the group.
func Scenarios() []scenarios.Scenario {
	return []scenarios.Scenario{
		refusalShape, refusalNotCacheable, refusalTellsNothing, refusalHandsOutNoToken, answerNotShared, tokenNotLogged,
		hugeToken, hugeTokenNoFailure, manyHeaders,
	}
}

// observed is what a target answered to one token.
type observed struct {
	live, dead scenarios.Answer
	token      *scenarios.Token
}

// observe sees a token accepted and refused, with a live control between two
// refusals.
func observe(p *scenarios.Play) observed {
	t := p.Login("alice", "T")
	o := observed{token: t, live: p.Call(t, scenarios.WantAccepted)}
	p.Logout(t, scenarios.Acknowledged)
	o.dead = p.Call(t, scenarios.WantRefused)
	p.Call(p.Login("alice", "U"), scenarios.WantAccepted)
	p.Call(t, scenarios.WantRefused)
	return o
}
