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
		logOutLate(p, 10*time.Second, 2*time.Second, 4*time.Second)
	},
}

// logOutLate tries each time that is to be left, as far as --max-wait allows:
// where tokens live long at the least, each has to be waited for.
func logOutLate(p *scenarios.Play, all ...time.Duration) {
	done := 0
	for i, left := range all {
		if last := i == len(all)-1; !p.Clock().CanWait(waitFor(p, left)) && (done > 0 || !last) {
			p.Note("a logout with %s left was not tried: --max-wait does not allow for the %s that it takes", left, waitFor(p, left).Round(time.Second))
			continue
		}
		near(p, left)
		done++
	}
}

// waitFor is how long near waits in all.
func waitFor(p *scenarios.Play, left time.Duration) time.Duration {
	d := p.Bounded(left+headroom) - left
	if left > closeToExp {
		d += left - p.Clock().Guard()
	}
	return d
}

// closeToExp is too near exp to wait for another replay before it.
const closeToExp = 4 * time.Second

// headroom is asked for beyond the time that is to be left: a login takes its
// time, and exp is cut to a whole second.
const headroom = 2 * time.Second

// near logs a token out with so much time left, by whatever the target's clock
// may be, and replays it before exp.
func near(p *scenarios.Play, left time.Duration) {
	t := p.Login("alice", fmt.Sprintf("T%.0f", left.Seconds()), lifeOf(p, left+headroom+p.Clock().Unsure())...)
	exp, ok := t.Exp()
	if !ok {
		p.Undeclared(scenarios.Expiry, "the token has no exp")
	}
	p.Clock().WaitUntil(exp.Add(-left - p.Clock().Unsure()))
	if p.Clock().Unsure() > time.Second {
		p.Note("the target's clock is not known well: with %s left by ours, up to %s may be left by its own", left+p.Clock().Unsure(), left+2*p.Clock().Unsure())
	}
	p.Call(t, scenarios.WantAccepted)
	p.Logout(t, scenarios.Acknowledged)
	p.Call(t, scenarios.WantRefused)
	control(p, t)
	if rest, _ := p.Clock().Left(t); rest <= 0 {
		p.Note("the token with %s left expired while it was tried: its refusal says little", left)
	}
	if left > closeToExp {
		p.Clock().WaitUntil(exp.Add(-p.Clock().Guard()))
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
