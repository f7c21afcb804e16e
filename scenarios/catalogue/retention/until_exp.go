package retention

import (
	"slices"
	"time"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

var untilExp = scenarios.Scenario{
	ID:          "retention/until-exp",
	Title:       "A token stays dead for the rest of its life",
	Level:       report.Must,
	Requirement: "A logged-out token must be refused at every instant until its exp.",
	Refs:        refs,
	Needs:       []scenarios.Capability{scenarios.Expiry},
	Fix:         "Keep each revocation until the token's own exp (plus leeway), rounded up and not for a fixed time, and write it in one step.",
	Run: func(p *scenarios.Play) {
		places := p.DiscriminatingEntryPoints(p.Login("alice", "W"))
		many := endMore(p)
		alone := end(p, "A", p.ShortLived()...)
		p.Clock().Wait(wholeSecond / 2) // of the two, one has a fraction of a second left that rounding would show
		t := end(p, "T", p.ShortLived()...)
		p.Call(t, scenarios.WantRefused)
		heard := hear(p, places, t)
		exp := lastInstant(p, alone, t)
		closely(p, t, exp)
		for _, at := range probes(p.Clock().Now(), exp) {
			p.Clock().WaitUntil(at)
			p.Call(t, scenarios.WantRefused)
		}
		p.Call(alone, scenarios.WantRefused)
		heard.stillRefuse(p, t)
		last := []*scenarios.Token{t, alone}
		if p.Clock().Movable() { // they end at the same time
			last, many = append(last, many...), nil
		}
		lastSecond(p, last...)
		control(p, last...)
		toTheEnd(p, many)
		heard.nothingLeaked()
	},
}

const wholeSecond = time.Second

// closely replays a token in small steps at first: a revocation that is written
// in several places may be missing for a moment between them.
func closely(p *scenarios.Play, t *scenarios.Token, end time.Time) {
	if rate := p.Contract().Limits.Rate; rate > 0 && rate < rateForSteps {
		p.Note("it was not replayed in small steps: limits.rate does not allow that")
		return
	}
	for _, s := range []struct {
		times int
		every time.Duration
	}{{40, 50 * time.Millisecond}, {25, 200 * time.Millisecond}} {
		left := int(end.Sub(p.Clock().Now()) / s.every)
		p.Repeat(p.Sample(max(min(s.times, left), 0)), func(int) {
			p.Clock().Wait(s.every)
			p.Call(t, scenarios.WantRefused)
		})
	}
}

// rateForSteps is how many requests a second small steps need, with what else
// is under way.
const rateForSteps = 100

// lastSecond replays tokens through the last second before their exps, which
// may be a second apart, where a time to live that was rounded down is over.
// That they may have expired already does no harm: an accepted call is a leak on
// either side of exp.
func lastSecond(p *scenarios.Play, tokens ...*scenarios.Token) {
	const every = wholeSecond / 10
	left := latest(p, tokens) + p.Clock().Unsure()
	p.Repeat(max(int((left+every-1)/every), int(2*wholeSecond/every)), func(int) {
		p.Clock().Wait(every)
		for _, t := range tokens {
			p.Call(t, scenarios.WantRefused)
		}
	})
}

// latest is how long it is to the last exp.
func latest(p *scenarios.Play, tokens []*scenarios.Token) (longest time.Duration) {
	for _, t := range tokens {
		left, _ := p.Clock().Left(t)
		longest = max(longest, left)
	}
	return longest
}

// lastInstant is just before the first of the tokens expires.
func lastInstant(p *scenarios.Play, tokens ...*scenarios.Token) time.Time {
	var first time.Time
	for _, t := range tokens {
		exp, ok := t.Exp()
		if !ok {
			p.Undeclared(scenarios.Expiry, "the token has no exp")
		}
		if first.IsZero() || exp.Before(first) {
			first = exp
		}
	}
	return first.Add(-p.Clock().Guard())
}

// probes are instants of a token's life: parts of it, the usual windows of
// caches and rate limits with a second on either side, and its very end.
func probes(now, end time.Time) []time.Time {
	left := end.Sub(now)
	list := []time.Time{now.Add(left / 8), now.Add(left / 4), now.Add(left / 2), now.Add(left * 3 / 4), now.Add(left * 7 / 8), end}
	for _, window := range []time.Duration{time.Minute, 5 * time.Minute} {
		list = append(list, now.Add(window-time.Second), now.Add(window+time.Second))
	}
	list = slices.DeleteFunc(list, func(t time.Time) bool { return t.After(end) })
	slices.SortFunc(list, time.Time.Compare)
	return list
}
