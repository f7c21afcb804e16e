package stats

import (
	"math"
	"math/rand/v2"
	"testing"
)

// coverage simulates many runs whose true median is known, and returns how
// often the interval holds it.
func coverage(runs, n int, truth float64, draw func(*rand.Rand) float64) float64 {
	held := 0
	for run := range runs {
		rng := rand.New(rand.NewPCG(99, uint64(run)))
		values := make([]float64, n)
		for i := range values {
			values[i] = draw(rng)
		}
		if MedianInterval(values, uint64(run)).Covers(truth) {
			held++
		}
	}
	return float64(held) / float64(runs)
}

// TestIntervalCoversTheTruth holds the interval to its level on noise of
// known median: even, heavy-tailed, skewed, and with a shift.
func TestIntervalCoversTheTruth(t *testing.T) {
	noise := map[string]struct {
		truth float64
		draw  func(*rand.Rand) float64
	}{
		"normal":       {0, (*rand.Rand).NormFloat64},
		"shifted":      {7, func(r *rand.Rand) float64 { return 7 + r.NormFloat64() }},
		"heavy-tailed": {0, func(r *rand.Rand) float64 { return math.Tan(math.Pi * (r.Float64() - 0.5)) }},
		"skewed":       {math.Ln2, (*rand.Rand).ExpFloat64},
	}
	const runs = 100
	for name, n := range noise {
		for _, size := range []int{10, 40} {
			got := coverage(runs, size, n.truth, n.draw)
			t.Logf("%s, %d pairs: %.3f", name, size, got)
			// Three standard errors of 100 runs at 95 % are 6.5 %.
			if got < 0.95-0.065 || got > 0.999 {
				t.Errorf("%s, %d pairs: the 95 %% interval covers the truth in %.1f %% of runs", name, size, 100*got)
			}
		}
	}
}

// TestAnIntervalOfLatenciesStaysAboveZero holds a limit to be broken however
// noisy the machine: few values that drift widen the interval of the values
// themselves to below zero.
func TestAnIntervalOfLatenciesStaysAboveZero(t *testing.T) {
	drifting := []float64{60, 55, 48, 24, 9, 4, 2}
	if plain := MedianInterval(drifting, 1); plain.Lo >= 0 {
		t.Fatalf("%+v does not reach below zero: the values say nothing", plain)
	}
	level := levelInterval(drifting, 1)
	if level.Lo <= 0 || !level.Covers(24) || math.Abs(level.Point-24) > 1e-9 {
		t.Errorf("%+v", level)
	}
	if got := levelInterval([]float64{0, 1, 1, 1, 1, 1, 1}, 1); got.Point != 1 || !got.Valid() {
		t.Errorf("with a slice that nothing answered: %+v", got)
	}
	if got := levelInterval(nil, 1); got.N != 0 || got.Point != 0 {
		t.Errorf("of nothing: %+v", got)
	}
}
