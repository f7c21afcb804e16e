package retention

import (
	"crypto/rand"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

// farAhead is a thousand years in seconds: more nanoseconds than 64 bits hold.
const farAhead = 1000 * 365 * 24 * 60 * 60

var farExp = scenarios.Scenario{
	ID:          "retention/far-exp",
	Title:       "A token that expires in a thousand years can be ended",
	Level:       report.Must,
	Requirement: "If a token whose exp lies very far ahead is accepted, it must be refused after its logout.",
	Refs:        append([]string{"RFC 7519 section 4.1.4", "CWE-190"}, refs...),
	Needs:       []scenarios.Capability{scenarios.Mint},
	Fix:         "Bound the life of tokens that are accepted, or take care that the time to live of a revocation cannot overflow.",
	Run: func(p *scenarios.Play) {
		t := p.Login("alice", "T")
		p.Call(t, scenarios.WantAccepted)
		change := map[string]any{"exp": p.Clock().Now().Unix() + farAhead}
		if t.Claims["jti"] != nil {
			change["jti"] = rand.Text()
		}
		far := p.MintFrom(t, "F", change)
		a := p.Call(far, scenarios.WantAny)
		if !p.Planning() && p.Judge(p.Contract().Routes[0], far, a) != scenarios.Accepted {
			p.Note("such a token is not accepted (%d), so that there is none to end", a.Status)
			return
		}
		p.Logout(far, scenarios.Acknowledged)
		p.Call(far, scenarios.WantRefused)
		stayDead(p, day, far)
	},
}
