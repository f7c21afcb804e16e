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
		var dead []*scenarios.Token
		refused := 0
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
			p.Call(m, scenarios.WantRefused)
			dead = append(dead, m)
		}
		if refused > 0 && len(dead) == 0 {
			p.Undeclared(scenarios.SignedOutside, "a token without exp is accepted, and the target refuses to log it out: nothing was acknowledged")
		}
		stayDead(p, 400*day, dead...)
	},
}

// stayDead watches tokens that outlive every other: for a time that their lives
// allow where the clock can be moved, and else for as long as any token is watched.
func stayDead(p *scenarios.Play, long time.Duration, dead ...*scenarios.Token) {
	if len(dead) == 0 {
		return
	}
	if !p.Clock().Movable() {
		p.Clock().Wait(watched(p))
		control(p, dead...)
		return
	}
	for _, d := range []time.Duration{time.Minute + time.Second, time.Hour, long} {
		p.Clock().Wait(d)
		for _, t := range dead {
			p.Call(t, scenarios.WantRefused)
		}
	}
	control(p, dead...)
}

// watched is past the window of a minute, or as long as the run allows.
func watched(p *scenarios.Play) time.Duration {
	for _, d := range []time.Duration{time.Minute + beyond, 30 * time.Second, 10 * time.Second} {
		if p.Clock().CanWait(d) {
			return d
		}
		p.Note("it was not watched for %s: --max-wait does not allow that", d)
	}
	return 0
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
