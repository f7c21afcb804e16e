package retention

import (
	"crypto/rand"
	"maps"
	"time"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

var noExp = scenarios.Scenario{
	ID:          "retention/no-exp",
	Title:       "A token that never expires can be ended",
	Level:       report.Must,
	Requirement: "If tokens without exp are accepted, such a token must be refused for ever after its logout.",
	Refs:        append([]string{"RFC 7519 section 4.1.4", "RFC 8725 section 3.10"}, refs...),
	Needs:       []scenarios.Capability{scenarios.Mint},
	Fix:         "Refuse tokens without exp, or keep their revocation without an end.",
	Run: func(p *scenarios.Play) {
		t := p.Login("alice", "T")
		p.Call(t, scenarios.WantAccepted)
		m := endless(p, t)
		a := p.Call(m, scenarios.WantAny)
		if !p.Planning() && p.Judge(p.Contract().Routes[0], m, a) != scenarios.Accepted {
			p.Note("a token without exp is not accepted (%d), so that there is none to end", a.Status)
			return
		}
		p.Logout(m, scenarios.Acknowledged)
		p.Call(m, scenarios.WantRefused)
		if p.Movable() {
			for _, d := range []time.Duration{61 * time.Second, time.Hour, 400 * day} {
				p.Wait(d)
				p.Call(m, scenarios.WantRefused)
			}
		}
		control(p, m)
	},
}

// endless signs a token like t without exp, and with a jti of its own.
func endless(p *scenarios.Play, t *scenarios.Token) *scenarios.Token {
	claims := maps.Clone(t.Claims)
	claims["exp"] = nil
	if claims["jti"] != nil {
		claims["jti"] = rand.Text()
	}
	raw, err := p.Powers().Mint(claims, nil)
	if err != nil {
		p.Broken("a token without exp could not be signed: %v", err)
	}
	return p.Respell(t, "M", raw)
}
