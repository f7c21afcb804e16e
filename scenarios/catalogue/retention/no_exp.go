package retention

import (
	"crypto/rand"
	"encoding/json"
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
		ended, refused := 0, 0
		for _, exp := range []any{nil, json.RawMessage("null")} {
			m := endless(p, t, exp)
			a := p.Call(m, scenarios.WantAny)
			if !p.Planning() && p.Judge(p.Contract().Routes[0], m, a) != scenarios.Accepted {
				p.Note("a token %s is not accepted (%d), so that there is none to end", m.Name, a.Status)
				continue
			}
			if !p.LogoutMinted(m) {
				refused++
				continue
			}
			ended++
			staysEnded(p, m)
		}
		if refused > 0 && ended == 0 {
			p.Undeclared(scenarios.Mint, "a token without exp is accepted, and the target refuses to log it out: nothing was acknowledged")
		}
	},
}

// staysEnded watches a token that has no end of its own.
func staysEnded(p *scenarios.Play, m *scenarios.Token) {
	p.Call(m, scenarios.WantRefused)
	if p.Movable() {
		for _, d := range []time.Duration{61 * time.Second, time.Hour, 400 * day} {
			p.Wait(d)
			p.Call(m, scenarios.WantRefused)
		}
	}
	control(p, m)
}

// endless signs a token like t without exp, or with one that is null, and with a
// jti of its own.
func endless(p *scenarios.Play, t *scenarios.Token, exp any) *scenarios.Token {
	change := map[string]any{"exp": exp}
	if t.Claims["jti"] != nil {
		change["jti"] = rand.Text()
	}
	name := "without exp"
	if exp != nil {
		name = "whose exp is null"
	}
	return p.MintFrom(t, name, change)
}
