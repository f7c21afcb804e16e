package retention

import (
	"math"
	"time"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

var throughLeeway = scenarios.Scenario{
	ID:          "retention/through-leeway",
	Title:       "A token is dead as long as the leeway lets it live",
	Level:       report.Must,
	Requirement: "Where tokens are accepted for some time after exp, a logged-out token must be refused during that time as well.",
	Refs:        append([]string{"RFC 7519 section 4.1.4"}, refs...),
	Needs:       []scenarios.Capability{scenarios.Expiry, scenarios.Leeway},
	Fix:         "Keep each revocation until exp plus the validator's leeway (clock skew).",
	Run: func(p *scenarios.Play) {
		t := end(p, "T", lifeOf(p, leewayLife)...)
		p.Call(t, scenarios.WantRefused)
		twin := loginTwin(p, t)
		p.Call(twin, scenarios.WantAccepted)
		p.Call(t, scenarios.WantRefused)
		if !inLeeway(p, t, twin) {
			p.Undeclared(scenarios.Leeway, "a leeway of %s is declared, and a live token was refused within it", p.Contract().Leeway)
		}
	},
}

// leewayLife is short, since all of it is waited for.
const leewayLife = 5 * time.Second

// loginTwin gives a live token with the exp of t.
func loginTwin(p *scenarios.Play, t *scenarios.Token) *scenarios.Token {
	want, _ := t.Exp()
	for range 3 {
		left, _ := p.Clock().Left(t)
		life := time.Duration(math.Ceil(left.Seconds())) * time.Second
		twin := p.Login("alice", "L", scenarios.LifeAtLeast(life))
		if exp, ok := twin.Exp(); p.Planning() || ok && exp.Equal(want) {
			return twin
		}
	}
	p.Undeclared(scenarios.Lifetime, "no two logins gave tokens with the same exp")
	return nil
}

// inLeeway replays a dead token while its live twin is accepted after exp, and
// reports whether that ever was.
func inLeeway(p *scenarios.Play, t, twin *scenarios.Token) (seen bool) {
	exp, _ := t.Exp()
	leeway := p.Contract().Leeway
	for _, part := range []time.Duration{1, 2, 3, 4} {
		p.Clock().WaitUntil(exp.Add(leeway * part / 5))
		a := p.Call(twin, scenarios.WantAny)
		if p.Judge(p.Contract().Routes[0], twin, a) == scenarios.Accepted {
			seen = true
			p.Call(t, scenarios.WantRefused)
		}
	}
	return seen
}
