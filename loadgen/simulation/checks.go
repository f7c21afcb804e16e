package simulation

import (
	"math"

	"github.com/revocheck/revocheck/loadgen/simulation/closedform"
	"github.com/revocheck/revocheck/loadgen/simulation/outcome"
	"github.com/revocheck/revocheck/loadgen/simulation/workload"
	"github.com/revocheck/revocheck/loadgen/simulation/world"
)

// tokens are those of the strategy, as the formulas see them. That exp counts
// whole seconds, which ends the first token of a session half a second early on
// average, is left out.
func (j joined) tokens() closedform.Tokens {
	return closedform.Tokens{
		Lifetime: j.of.Lifetime.Seconds(), Hazard: 1 / j.work.Users.Session.Seconds(), Leeway: j.work.Tokens.Leeway.Seconds(),
	}
}

// little is how many entries there should be at a time, where each is of an ended
// token; 0 where that is not so.
func (j joined) little() func(at float64) float64 {
	if j.of.What != RevokedTokens || len(j.work.Events) > 0 || j.work.Tokens.Renew != workload.AtExpiry || j.work.Store.Entries > 0 {
		return func(float64) float64 { return 0 }
	}
	logins := world.Logins(j.work)
	return func(at float64) float64 { return j.tokens().ListSize(logins, at) }
}

// RevokedTokens is what a deny-list keeps.
const RevokedTokens = "revoked tokens"

// checks hold the strategy's figures against formulas, where there is one.
func (j joined) checks(s outcome.Strategy) (all []outcome.Check) {
	if want, formula, ok := j.formula(); ok {
		all = append(all, outcome.Check{What: "mean exposure", Formula: formula, Want: want, Got: s.Exposure.Mean, Unit: "s"})
	}
	if levels := s.List.Levels; len(levels) > 0 && levels[0].Formula > 0 {
		want := 0.0
		for _, l := range levels {
			want += l.Formula / float64(len(levels))
		}
		all = append(all, outcome.Check{What: "entries on average", Formula: "Little's law: rate of logouts * (L - E[A] + g + 1 s)", Want: want, Got: s.List.Mean, Unit: "entries"})
	}
	for i := range all {
		c := &all[i]
		c.Agrees = c.Got.Holds(c.Want) || math.Abs(c.Got.Mean-c.Want) <= 0.01*c.Want
	}
	return all
}

// formula is the mean exposure by a closed form, if the workload has one.
func (j joined) formula() (want float64, text string, ok bool) {
	w, t := j.work, j.tokens()
	if len(w.Events) > 0 || w.Tokens.Renew != workload.AtExpiry || !w.Store.Latency.Zero() || w.Store.Entries > 0 || w.Thieves.Share == 0 {
		return 0, "", false
	}
	home, elsewhere, text, ok := j.places(t)
	switch {
	case !ok:
		return 0, "", false
	case w.Regions.Count == 1 || w.Thieves.From == workload.Home || home == elsewhere:
		return home, text, true
	case w.Thieves.From == workload.Other:
		return elsewhere, text, true
	case w.Thieves.From == workload.Random:
		return closedform.Thief(w.Regions.Count, home, elsewhere), text, true
	}
	return 0, "", false
}

// places are the mean exposures where the logout was made and elsewhere.
func (j joined) places(t closedform.Tokens) (home, elsewhere float64, text string, ok bool) {
	switch {
	case j.of.Unknown:
		return 0, 0, "", false
	case j.of.Scope == ScopeNothing:
		return t.Rest(), t.Rest(), "g + L/D - 1/m", true
	case j.of.Counter != nil:
		p := j.of.Counter.Blocks.Seconds()
		home, elsewhere = t.Blocked(p), t.Rest()
		if sync := j.of.Counter.Sync.Seconds(); sync > 0 && sync < p {
			elsewhere = home + t.Hears(sync)
		}
		return home, elsewhere, "E[max(X-p, 0)] in one region, E[X] elsewhere", true
	case j.work.Regions.Delay.Zero() && j.work.Regions.Loss == 0 || j.work.Regions.Count == 1:
		return 0, 0, "0: the store is asked at each call", true
	}
	if d, constant := j.work.Regions.Delay.Constant(); constant {
		loss := j.work.Regions.Loss
		return 0, (1-loss)*t.Hears(d) + loss*t.Rest(), "E[min(d, X)] in the other regions", true
	}
	return 0, 0, "", false
}
