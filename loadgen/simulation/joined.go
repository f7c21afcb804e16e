package simulation

import (
	"cmp"
	"math"
	"slices"

	"github.com/revocheck/revocheck/loadgen/simulation/outcome"
	"github.com/revocheck/revocheck/loadgen/simulation/workload"
	"github.com/revocheck/revocheck/loadgen/simulation/world"
)

// joined is one strategy with all its finished replications.
type joined struct {
	work    *workload.Workload
	of      Strategy
	tallies []*world.Tally
}

func (j joined) strategy() outcome.Strategy {
	sum := j.sum()
	s := outcome.Strategy{
		Name: j.of.Name, Label: cmp.Or(j.of.Label, j.of.Name), Settings: j.of.Settings, Lifetime: j.of.Lifetime.Seconds(), Scope: j.of.Scope,
		Exposure: j.exposure(), Success: j.success(),
		Calls: each(j.tallies, func(t *world.Tally) float64 { return float64(t.Sum().Calls) }).Mean * j.work.Sample,
		Leaks: j.perMillion(func(s world.Slot) uint64 { return s.Leaks }), OverBlocks: j.perMillion(func(s world.Slot) uint64 { return s.OverBlocks }),
		Siblings: j.perMillion(func(s world.Slot) uint64 { return s.Siblings }), Unavailable: j.perMillion(func(s world.Slot) uint64 { return s.Unavailable }),
		Unasked:        j.perMillion(func(s world.Slot) uint64 { return s.Unasked }),
		RefusedLogouts: j.share(float64(sum.RefusedLogouts), float64(sum.Logouts), func(s world.Slot) (uint64, uint64) { return s.RefusedLogouts, s.Logouts }),
		RefusedLogins:  j.share(float64(sum.RefusedLogins), float64(sum.Logins), func(s world.Slot) (uint64, uint64) { return s.RefusedLogins, s.Logins }),
		Store:          j.store(), Timeline: j.timeline(),
	}
	if j.of.What != "" {
		s.List = j.list()
	}
	s.Checks = j.checks(s)
	return s
}

func (j joined) sum() (sum world.Slot) {
	for _, t := range j.tallies {
		sum.Add(t.Sum())
	}
	return sum
}

// thefts are those of all replications.
func (j joined) thefts() (all []world.Theft) {
	for _, t := range j.tallies {
		all = append(all, t.Thefts...)
	}
	return all
}

func (j joined) exposure() outcome.Exposure {
	all := j.thefts()
	e := outcome.Exposure{
		Thefts: len(all), Mean: each(j.tallies, usable),
		Zero: each(j.tallies, func(t *world.Tally) float64 {
			return mean(t.Thefts, func(t world.Theft) float64 { return one(t.Usable == 0) })
		}),
		Window: each(j.tallies, func(t *world.Tally) float64 {
			return mean(t.Thefts, func(t world.Theft) float64 { return t.Window })
		}),
		Given: each(j.tallies, func(t *world.Tally) float64 {
			worked := slices.DeleteFunc(slices.Clone(t.Thefts), func(t world.Theft) bool { return t.Usable == 0 })
			return mean(worked, func(t world.Theft) float64 { return t.Usable })
		}),
	}
	left := 0.0
	for _, t := range j.tallies {
		e.Unended += t.Unended
		e.Forgotten += t.Forgotten
		left += t.Left
	}
	e.ForgottenLeft = left / math.Max(float64(e.Forgotten), 1)
	if len(all) > 0 {
		spread(&e, all)
	}
	return e
}

func one(is bool) float64 {
	if is {
		return 1
	}
	return 0
}

// spread fills in what rests on all thefts together.
func spread(e *outcome.Exposure, all []world.Theft) {
	times := make([]float64, len(all))
	for i, t := range all {
		times[i] = t.Usable
	}
	slices.Sort(times)
	at := func(share float64) float64 { return times[int(share*float64(len(times)-1))] }
	e.Median, e.P95, e.Max = at(0.5), at(0.95), at(1)
	e.Band = math.Sqrt(math.Log(2/0.05) / 2 / float64(len(times)))
	e.CDF = cdf(times)
}

// points of a distribution: enough for a smooth line on a logarithmic axis.
const points = 80

// cdf goes through zero and through times that are each as many times longer than
// the one before.
func cdf(sorted []float64) []outcome.Point {
	upTo := func(s float64) float64 {
		n, _ := slices.BinarySearchFunc(sorted, s, func(x, s float64) int {
			if x <= s {
				return -1
			}
			return 1
		})
		return float64(n) / float64(len(sorted))
	}
	list := []outcome.Point{{Seconds: 0, Share: upTo(0)}}
	least, most := 0.01, sorted[len(sorted)-1]
	if most <= least {
		if most > 0 {
			list = append(list, outcome.Point{Seconds: most, Share: 1})
		}
		return list
	}
	for i := range points {
		s := least * math.Pow(most/least, float64(i)/(points-1))
		if i == points-1 {
			s = most
		}
		list = append(list, outcome.Point{Seconds: s, Share: upTo(s)})
	}
	return list
}

func (j joined) success() outcome.Share {
	count, of := 0.0, 0.0
	for _, t := range j.thefts() {
		count += one(t.Leaks > 0)
		of++
	}
	return bounded(outcome.Share{Count: count, Of: of, Interval: each(j.tallies, func(t *world.Tally) float64 {
		return mean(t.Thefts, func(t world.Theft) float64 { return one(t.Leaks > 0) })
	})})
}

// bounded adds what a count of zero leaves possible: with 95 %, fewer than 3 were
// to be expected.
func bounded(s outcome.Share) outcome.Share {
	if s.Count == 0 && s.Of > 0 {
		s.Most = min(3/s.Of, 1)
	}
	return s
}

func (j joined) share(count, of float64, pick func(world.Slot) (uint64, uint64)) outcome.Share {
	return bounded(outcome.Share{Count: count, Of: of, Interval: each(j.tallies, func(t *world.Tally) float64 {
		c, n := pick(t.Sum())
		return float64(c) / float64(n)
	})})
}

func (j joined) perMillion(pick func(world.Slot) uint64) outcome.PerMillion {
	sum := j.sum()
	p := outcome.PerMillion{Count: float64(pick(sum)), Interval: each(j.tallies, func(t *world.Tally) float64 {
		s := t.Sum()
		return 1e6 * float64(pick(s)) / float64(s.Calls)
	})}
	if p.Count == 0 && sum.Calls > 0 {
		p.Most = 3e6 / float64(sum.Calls)
	}
	return p
}
