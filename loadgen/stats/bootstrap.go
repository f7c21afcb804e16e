package stats

import (
	"math"
	"math/rand/v2"
	"slices"
)

const (
	// confidence is the level of every interval.
	confidence = 0.95
	// resamples is how often a bootstrap draws. More would change an
	// endpoint by less than a hundredth of the interval's width.
	resamples = 4000
)

// MedianInterval estimates the median of values by a percentile bootstrap,
// widened by what neighbours have in common: the values are in the order in
// which they were measured. The seed makes the interval repeatable.
func MedianInterval(values []float64, seed uint64) Interval {
	out := Interval{N: len(values)}
	if len(values) == 0 {
		return out
	}
	out.Point = median(slices.Clone(values))
	out.Lo, out.Hi = out.Point, out.Point
	if out.Valid() {
		out.Lo, out.Hi = bounds(len(values), newResampler(values, seed).median)
		out = out.widened(values)
	}
	return out
}

// levelInterval estimates the median of latencies. It works on their logarithms,
// because on a noisy machine an interval of the latencies themselves may reach
// below zero, and would then break no limit, however low.
func levelInterval(latencies []float64, seed uint64) Interval {
	logs := make([]float64, len(latencies))
	for i, l := range latencies {
		if l <= 0 { // a slice in which nothing was answered
			return MedianInterval(latencies, seed)
		}
		logs[i] = math.Log(l)
	}
	i := MedianInterval(logs, seed)
	if i.N == 0 {
		return i
	}
	return Interval{Point: math.Exp(i.Point), Lo: math.Exp(i.Lo), Hi: math.Exp(i.Hi), N: i.N}
}

// DifferenceInterval estimates median(b)-median(a) for values that are not
// paired, resampling each alone. N is the smaller of the two sizes.
func DifferenceInterval(a, b []float64, seed uint64) Interval {
	out := Interval{N: min(len(a), len(b))}
	if out.N == 0 {
		return out
	}
	out.Point = median(slices.Clone(b)) - median(slices.Clone(a))
	out.Lo, out.Hi = out.Point, out.Point
	if out.Valid() {
		from, to := newResampler(a, seed), newResampler(b, seed+1)
		out.Lo, out.Hi = bounds(out.N, func() float64 { return to.median() - from.median() })
	}
	return out
}

// bounds takes the endpoints from the distribution of a resampled statistic.
// The tails are those of Hesterberg's expanded percentile interval (2015, The
// American Statistician 69:371), because the plain one is too narrow for a
// few dozen values.
func bounds(n int, statistic func() float64) (lo, hi float64) {
	stats := make([]float64, resamples)
	for i := range stats {
		stats[i] = statistic()
	}
	slices.Sort(stats)
	tail := expandedTail(n)
	return quantile(stats, tail), quantile(stats, 1-tail)
}

// expandedTail returns Φ(-√(n/(n-1))·t), t being Student's quantile of n-1
// degrees of freedom.
func expandedTail(n int) float64 {
	t := studentQuantile(n - 1)
	return math.Erfc(math.Sqrt(float64(n)/float64(n-1))*t/math.Sqrt2) / 2
}

// studentQuantile returns the 97.5 % point of Student's distribution, by the
// expansion of Cornish and Fisher (Abramowitz and Stegun, 26.7.5). It is good
// to 0.2 % from 5 degrees of freedom on.
func studentQuantile(degrees int) float64 {
	z, n := math.Sqrt2*math.Erfinv(confidence), float64(degrees)
	g1 := (math.Pow(z, 3) + z) / 4
	g2 := (5*math.Pow(z, 5) + 16*math.Pow(z, 3) + 3*z) / 96
	g3 := (3*math.Pow(z, 7) + 19*math.Pow(z, 5) + 17*math.Pow(z, 3) - 15*z) / 384
	return z + g1/n + g2/(n*n) + g3/(n*n*n)
}

// resampler draws samples with replacement. It draws ranks and counts them, so
// that a median takes no sort.
type resampler struct {
	sorted []float64
	counts []int
	rng    *rand.Rand
}

func newResampler(from []float64, seed uint64) *resampler {
	sorted := slices.Sorted(slices.Values(from))
	return &resampler{sorted: sorted, counts: make([]int, len(sorted)), rng: rand.New(rand.NewPCG(seed, 0))}
}

// median returns the median of the next resample.
func (r *resampler) median() float64 {
	clear(r.counts)
	n := len(r.sorted)
	for range n {
		r.counts[r.rng.IntN(n)]++
	}
	return (r.ranked((n-1)/2) + r.ranked(n/2)) / 2
}

// ranked returns the value of the given rank, from 0, of the current resample.
func (r *resampler) ranked(rank int) float64 {
	for i, count := range r.counts {
		if rank -= count; rank < 0 {
			return r.sorted[i]
		}
	}
	return r.sorted[len(r.sorted)-1]
}
