package resilience

import (
	"fmt"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

// counted is how many logouts are acknowledged before the store is put to the
// test.
const counted = 20

// revoked logs tokens out, each of which was accepted before.
func revoked(p *scenarios.Play) []*scenarios.Token {
	tokens := make([]*scenarios.Token, p.Sample(counted))
	p.Repeat(len(tokens), func(i int) {
		tokens[i] = p.Login("alice", fmt.Sprintf("T%d", i+1))
		p.Call(tokens[i], scenarios.WantAccepted)
		p.Logout(tokens[i], scenarios.Acknowledged)
		p.Call(tokens[i], scenarios.WantRefused)
	})
	p.Propagate()
	return tokens
}

// lost counts the tokens that some replica accepts, and those of which no
// replica could tell.
func lost(p *scenarios.Play, tokens []*scenarios.Token) (accepted, unknown int) {
	route := p.Contract().Routes[0]
	for _, t := range tokens {
		back, told := false, false
		for replica := range p.Replicas() {
			req := p.CanonicalRequest(route, t.Raw)
			req.Replica = replica
			switch p.Judge(route, t, p.Send(req, scenarios.Refused)) {
			case scenarios.Accepted, scenarios.SomebodyElse:
				back = true
			case scenarios.Refused:
				told = true
			}
		}
		if back {
			accepted++
		} else if !told {
			unknown++
		}
	}
	return accepted, unknown
}

// survive requires that every logout holds, now that the store serves again
// after what happened to it, and says how many do not.
func survive(p *scenarios.Play, tokens []*scenarios.Token, what string) {
	live := p.Store().Recover("U")
	gone, unknown := lost(p, tokens)
	p.Store().Until(func() bool {
		if unknown > 0 {
			var more int
			more, unknown = lost(p, tokens)
			gone = max(gone, more)
		}
		return unknown == 0
	})
	p.Number("revocations lost", float64(gone), "1", fmt.Sprintf("of %d acknowledged logouts, after %s", len(tokens), what))
	p.Step(report.Step{
		Text: "each token that was logged out, at every replica", Count: len(tokens) * p.Replicas(),
		Expected: "none is accepted", Actual: fmt.Sprintf("%d of %d accepted", gone, len(tokens)), OK: gone == 0,
	})
	switch {
	case p.Context().Err() != nil:
		p.NotRun("the run was interrupted")
	case gone > 0:
		p.FailAs(report.RevocationsLost, report.Where{report.AfterEvent: what}, "%d of %d acknowledged logouts were lost after %s: their tokens are accepted again", gone, len(tokens), what)
	case unknown > 0:
		p.Inconclusive("of %d of %d tokens no replica could tell after %s", unknown, len(tokens), what)
	}
	for _, t := range tokens {
		p.Call(t, scenarios.WantRefused)
	}
	p.Call(live, scenarios.WantAccepted)
	for _, t := range tokens {
		p.Call(t, scenarios.WantRefused)
	}
}
