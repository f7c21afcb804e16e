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
	Needs:       []scenarios.Capability{scenarios.Lifetime},
	Fix:         "Keep each revocation until the token's own exp (plus leeway), not for a fixed time.",
	Run: func(p *scenarios.Play) {
		alone := end(p, "A", scenarios.Life(p.ShortLife()))
		t := end(p, "T", scenarios.Life(p.ShortLife()))
		p.Call(t, scenarios.WantRefused)
		exp := lastInstant(p, alone, t)
		for _, at := range probes(p.Now(), exp) {
			p.WaitUntil(at)
			p.Call(t, scenarios.WantRefused)
		}
		p.Call(alone, scenarios.WantRefused)
		control(p, t, alone)
	},
}

// lastInstant is just before the first of the tokens expires.
func lastInstant(p *scenarios.Play, tokens ...*scenarios.Token) time.Time {
	var first time.Time
	for _, t := range tokens {
		if exp, ok := t.Exp(); ok && (first.IsZero() || exp.Before(first)) {
			first = exp
		}
	}
	return first.Add(-p.Guard())
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
