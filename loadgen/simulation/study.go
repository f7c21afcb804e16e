package simulation

import (
	"cmp"
	"math"

	"github.com/revocheck/revocheck/loadgen/simulation/outcome"
	"github.com/revocheck/revocheck/loadgen/simulation/world"
	"github.com/revocheck/revocheck/loadgen/stats"
)

// study joins what the finished replications counted.
func (r *run) study() *outcome.Study {
	n := r.finished()
	s := &outcome.Study{
		Schema: outcome.Schema, Workload: summary(r.work), Seed: r.work.Seed, Replications: n, Planned: r.work.Replications,
		OwnCode: ownCode, Modelled: modelled(r.work),
	}
	if n < r.work.Replications {
		s.Partial, s.Why = true, "interrupted"
	}
	if n == 0 {
		s.Answer = "No replication was finished, so nothing can be said."
		return s
	}
	for i, one := range r.strategies {
		s.Strategies = append(s.Strategies, joined{r.work, one, r.tallies[i][:n]}.strategy())
	}
	s.Differences = r.differences(n)
	s.Answer = answer(s)
	return s
}

// over is the mean over the replications of a figure, with its 95 % interval.
func over(values []float64) outcome.Interval {
	n := float64(len(values))
	sum := 0.0
	for _, v := range values {
		sum += v
	}
	i := outcome.Interval{N: len(values)}
	if n == 0 {
		return i
	}
	i.Mean = sum / n
	squares := 0.0
	for _, v := range values {
		squares += float64((v - i.Mean) * (v - i.Mean))
	}
	half := 0.0
	if n > 1 {
		half = stats.Student(0.95, len(values)-1) * math.Sqrt(squares/(n-1)/n)
	}
	i.Lo, i.Hi = i.Mean-half, i.Mean+half
	return i
}

// each is over of what a function gives for each tally; NaN leaves one out.
func each(tallies []*world.Tally, figure func(*world.Tally) float64) outcome.Interval {
	var values []float64
	for _, t := range tallies {
		if v := figure(t); !math.IsNaN(v) {
			values = append(values, v)
		}
	}
	return over(values)
}

// differences are those of each strategy to the first, replication by
// replication.
func (r *run) differences(n int) (all []outcome.Difference) {
	first := r.tallies[0][:n]
	for i, s := range r.strategies[1:] {
		others := r.tallies[i+1][:n]
		for _, f := range []struct {
			name string
			of   func(*world.Tally) float64
		}{{"exposure", usable}, {"leaks", leaks}} {
			var values []float64
			for k := range n {
				if d := f.of(others[k]) - f.of(first[k]); !math.IsNaN(d) {
					values = append(values, d)
				}
			}
			all = append(all, outcome.Difference{
				Label: cmp.Or(s.Label, s.Name), Against: cmp.Or(r.strategies[0].Label, r.strategies[0].Name), Figure: f.name, Paired: over(values),
			})
		}
	}
	return all
}

// usable is the mean exposure of a replication.
func usable(t *world.Tally) float64 {
	return mean(t.Thefts, func(t world.Theft) float64 { return t.Usable })
}

func leaks(t *world.Tally) float64 {
	sum := t.Sum()
	return 1e6 * float64(sum.Leaks) / float64(sum.Calls)
}

// mean is NaN of nothing.
func mean(of []world.Theft, figure func(world.Theft) float64) float64 {
	sum := 0.0
	for _, t := range of {
		sum += figure(t)
	}
	return sum / float64(len(of))
}
