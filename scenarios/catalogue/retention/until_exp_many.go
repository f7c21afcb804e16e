package retention

import (
	"fmt"
	"time"

	"github.com/revocheck/revocheck/scenarios"
)

const (
	// manyAlike tokens are left alone until their last instant: a time to live
	// with jitter, as caches have it, ends some revocations early and others late.
	manyAlike = 6
	// manyLife is long enough for a tenth of it to show.
	manyLife = 15 * time.Second
)

// endMore logs some tokens out; none where a logout ends all of them, which is
// one revocation, and none where there is no time or no allowance for them.
func endMore(p *scenarios.Play) []*scenarios.Token {
	life := p.Bounded(max(manyLife, p.ShortLife()))
	if p.Has(scenarios.ScopeAll) || p.Contract().Limits.Rate > 0 || !p.Clock().CanWait(life+p.ShortLife()) {
		return nil
	}
	opts := p.ShortLived()
	if !p.Clock().Movable() {
		opts = []scenarios.LoginOption{scenarios.Life(life)}
	}
	var dead []*scenarios.Token
	p.RepeatLogins(p.Sample(manyAlike), 0.2, func(i int) { dead = append(dead, end(p, fmt.Sprintf("J%d", i+1), opts...)) })
	for _, t := range dead {
		p.CallOnce(t, scenarios.WantRefused)
	}
	return dead
}

// toTheEnd replays tokens from the last instant at which they must be known to
// live, were it not for their logouts, until their exps.
func toTheEnd(p *scenarios.Play, dead []*scenarios.Token) {
	if len(dead) == 0 {
		return
	}
	p.Clock().WaitUntil(lastInstant(p, dead...))
	lastSecond(p, dead...)
	control(p, dead...)
}
