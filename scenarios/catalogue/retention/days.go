package retention

import (
	"time"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

var days = scenarios.Scenario{
	ID:          "retention/hours-and-days",
	Title:       "A token of a day or a week dies like any other",
	Level:       report.Must,
	Requirement: "A token that lives for hours or days must be refused after its logout, at once and until its exp.",
	Refs:        refs,
	Needs:       []scenarios.Capability{scenarios.Lifetime},
	Fix:         "Store the revocation of every token that the issuer grants, however long it lives, and until that token's own exp.",
	Run: func(p *scenarios.Play) {
		var dead []*scenarios.Token
		for _, life := range []time.Duration{3 * time.Hour, 12 * time.Hour, day, 7 * day, 31 * day} {
			if t := ofLife(p, life); t != nil {
				diesFor(p, t)
				dead = append(dead, t)
			}
		}
		if len(dead) == 0 {
			p.Undeclared(scenarios.Lifetime, "no token lives for three hours")
		}
		if !p.Clock().Movable() {
			staysFor(p, dead)
		}
	},
}

// daysSeen is how long tokens of days are watched where the clock cannot be moved.
const daysSeen = 15 * time.Second

// staysFor looks once more, for entries whose time to live has become another.
func staysFor(p *scenarios.Play, dead []*scenarios.Token) {
	if !p.Clock().CanWait(daysSeen) {
		p.Note("only the first instant was seen: the target's clock cannot be moved")
		return
	}
	p.Note("only the first %s were seen: the target's clock cannot be moved", daysSeen)
	p.Clock().Wait(daysSeen)
	control(p, dead...)
}

// ofLife logs in for so long a life; nil where the target gives another one.
func ofLife(p *scenarios.Play, life time.Duration) *scenarios.Token {
	if longest := p.Contract().Login.MaxLifetime; longest > 0 && life > longest {
		p.Note("no token of %s was tried: login.max_lifetime is %s", life, longest)
		return nil
	}
	t := p.Login("alice", "T", scenarios.LifeWished(life))
	if left, ok := p.Clock().Left(t); !ok || (left-life).Abs() > life/10 {
		p.Note("no token of %s was tried: the target gave another life", life)
		return nil
	}
	return t
}

// diesFor logs a token out and, where the clock can be moved, watches it to its
// exp.
func diesFor(p *scenarios.Play, t *scenarios.Token) {
	p.Call(t, scenarios.WantAccepted)
	p.Logout(t, scenarios.Acknowledged)
	p.Call(t, scenarios.WantRefused)
	control(p, t)
	if left, _ := p.Clock().Left(t); p.Clock().Movable() {
		p.Clock().Wait(left / 2)
		p.Call(t, scenarios.WantRefused)
		p.Clock().Wait(left/2 - p.Clock().Guard())
		p.Call(t, scenarios.WantRefused)
		control(p, t)
	}
}
