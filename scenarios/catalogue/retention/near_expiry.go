package retention

import (
	"fmt"
	"time"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

var nearExpiryLogout = scenarios.Scenario{
	ID:          "retention/near-expiry-logout",
	Title:       "A logout shortly before exp still counts",
	Level:       report.Must,
	Requirement: "A token that is logged out with 10, 4 or 2 s left must be refused until its exp.",
	Refs:        refs,
	Needs:       []scenarios.Capability{scenarios.Expiry},
	Fix:         "Round the time to live of a revocation up, and store it however short it is.",
	Run: func(p *scenarios.Play) {
		for _, left := range []time.Duration{10 * time.Second, 4 * time.Second, 2 * time.Second} {
			near(p, left)
		}
	},
}

// headroom is asked for beyond the time that is to be left: a login takes its
// time, and exp is cut to a whole second.
const headroom = 2 * time.Second

// near logs a token out with so much time left, and replays it before exp.
func near(p *scenarios.Play, left time.Duration) {
	t := p.Login("alice", fmt.Sprintf("T%.0f", left.Seconds()), lifeOf(p, left+headroom)...)
	exp, ok := t.Exp()
	if !ok {
		p.Undeclared(scenarios.Expiry, "the token has no exp")
	}
	p.WaitUntil(exp.Add(-left))
	p.Call(t, scenarios.WantAccepted)
	p.Logout(t, scenarios.Acknowledged)
	p.Call(t, scenarios.WantRefused)
	control(p, t)
	if rest, _ := p.Left(t); rest <= 0 {
		p.Note("the token with %s left expired while it was tried: its refusal says little", left)
	}
	if left > 4*time.Second {
		p.WaitUntil(exp.Add(-p.Guard()))
		p.Call(t, scenarios.WantRefused)
	}
}

// lifeOf asks for a life, where one can be asked for.
func lifeOf(p *scenarios.Play, d time.Duration) []scenarios.LoginOption {
	if !p.Has(scenarios.Lifetime) {
		return nil
	}
	return []scenarios.LoginOption{scenarios.Life(p.Bounded(d))}
}
