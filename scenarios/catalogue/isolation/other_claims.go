package isolation

import (
	"crypto/rand"
	"time"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

var otherClaims = scenarios.Scenario{
	ID:    "isolation/other-claims",
	Title: "A token is ended whatever make its claims and its header are of",
	Level: report.Must,
	Requirement: "If a token whose aud is a list, whose times have a fraction or are missing, whose header is another, or that has " +
		"more claims is accepted, its logout must end it.",
	Refs:  []string{"RFC 7519 section 4.1.3", "RFC 7519 section 2 (NumericDate)", "RFC 9068 section 2.1", "CWE-613", "CWE-636", "CWE-20"},
	Needs: []scenarios.Capability{scenarios.Mint},
	Fix:   "Check revocation on the claims that the verifier has read; refuse a token that the check cannot read, and never let it pass.",
	Run: func(p *scenarios.Play) {
		live := p.Login("alice", "T")
		p.Call(live, scenarios.WantAccepted)
		p.MustTake(p.MintFrom(live, "own", freshJTI(live)))
		tried := attempts{}
		for _, m := range makes {
			next, came := endMake(p, live, m)
			live = next
			tried.add(came)
		}
		tried.mustHaveOne(p)
	},
}

// endMake logs a token of another make out. It gives a live token of the user,
// a new one if the logout may have ended the last.
func endMake(p *scenarios.Play, live *scenarios.Token, m tokenMake) (*scenarios.Token, attempt) {
	claims, header := m.of(live)
	if claims == nil && header == nil && !p.Planning() {
		return live, notAccepted // a plan does not know what the target's tokens have
	}
	one := p.MintWith(live, m.name, merged(claims, freshJTI(live)), header)
	a := p.Call(one, scenarios.WantAny)
	if !p.Planning() && p.Judge(p.Contract().Routes[0], one, a) != scenarios.Accepted {
		p.Note("%s: such a token is not accepted (%d)", m.name, a.Status)
		return live, notAccepted
	}
	if !p.LogoutMinted(one) {
		return live, notEnded
	}
	p.Call(one, scenarios.WantRefused)
	if live.Claims["jti"] == nil {
		p.Clock().Wait(1100 * time.Millisecond) // or the next token may be the same one to the target
	}
	next := p.Login("alice", "C")
	p.Call(next, scenarios.WantAccepted)
	p.Call(one, scenarios.WantRefused)
	return next, ended
}

// freshJTI makes a token another one where the target tells them apart by jti.
func freshJTI(t *scenarios.Token) map[string]any {
	if t.Claims["jti"] == nil {
		return nil
	}
	return map[string]any{"jti": rand.Text()}
}
