package expiry

import (
	"crypto/rand"
	"time"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

// ahead is how far in the future the token was issued.
const ahead = 30 * time.Minute

var iatFuture = scenarios.Scenario{
	ID:          "expiry/iat-future",
	Title:       "A token from the future dies at its logout",
	Level:       report.Must,
	Requirement: "A token whose iat lies in the future, if it is accepted at all, must be refused after its logout.",
	Refs:        []string{"RFC 7519 section 4.1.6", "CWE-613"},
	Needs:       []scenarios.Capability{scenarios.Mint},
	Fix:         "Do not end tokens by comparing iat with the time of the logout alone: use a generation that the issuer counts, or the jti.",
	Run: func(p *scenarios.Play) {
		t := p.Login("alice", "T")
		p.Call(t, scenarios.WantAccepted)
		x := p.MintFrom(t, "X", map[string]any{"iat": p.Clock().Now().Add(ahead).Unix(), "jti": rand.Text()})
		a := p.Call(x, scenarios.WantAny)
		if !p.Planning() && p.Judge(p.Contract().Routes[0], x, a) != scenarios.Accepted {
			p.Note("such a token is not accepted (%d), so that there is none to end", a.Status)
			return
		}
		p.Logout(x, scenarios.Acknowledged)
		p.Call(x, scenarios.WantRefused)
		p.Call(p.Login("alice", "U"), scenarios.WantAccepted)
		p.Call(x, scenarios.WantRefused)
	},
}
