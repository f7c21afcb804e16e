package stats

import (
	"math"
	"math/rand/v2"
	"testing"
)

// noise is synthetic noise: what a slice measures above the truth at each
// step of time, and what only the slices of the subject have.
type noise struct {
	shared func(*rand.Rand) func() float64
	own    func(*rand.Rand) func() float64
	// level is how often the interval holds the truth in a long simulation,
	// where that is known to be less than it says; 0 is 95 %.
	level float64
}

// autoregressive noise remembers the part rho of what it was a slice ago; with
// rho 1 it walks at random.
func autoregressive(rho, step float64) func(*rand.Rand) func() float64 {
	return func(rng *rand.Rand) func() float64 {
		now := 0.0
		return func() float64 {
			now = rho*now + step*rng.NormFloat64()
			return now
		}
	}
}

// bursts are neighbours who come and go: while they are there, which is for
// several slices, everything takes longer.
func bursts(rng *rand.Rand) func() float64 {
	busy := false
	return func() float64 {
		if rng.Float64() < 0.2 {
			busy = !busy
		}
		if busy {
			return 0.3 + 0.1*rng.ExpFloat64()
		}
		return 0
	}
}

func quiet(*rand.Rand) func() float64 { return func() float64 { return 0 } }

// simulate plays the rounds of one bench: slices in random order, one after
// the other through the noise of the machine.
func simulate(rng *rand.Rand, m noise, rounds int, extra float64) []float64 {
	shared, own, diffs := m.shared(rng), m.own(rng), make([]float64, rounds)
	for i := range diffs {
		var slices [3]float64 // baseline, subject, control
		for _, which := range rng.Perm(len(slices)) {
			slices[which] = 1 + shared() + 0.02*rng.ExpFloat64()
		}
		diffs[i] = slices[1] + own() + extra - slices[0]
	}
	return diffs
}

// TestIntervalsOfTwentySeconds holds the interval to its level for runs as
// long as those of the self-test: 20 s are about 32 rounds of slices of
// 200 ms. The noise is that of busy machines, whose slices are not
// independent of one another.
func TestIntervalsOfTwentySeconds(t *testing.T) {
	const rounds, runs, extra = 32, 200, 0.1
	for name, m := range map[string]noise{
		"white":                       {autoregressive(0, 0.05), quiet, 0},
		"remembers half":              {autoregressive(0.5, 0.05), quiet, 0},
		"remembers nine tenths":       {autoregressive(0.9, 0.05), quiet, 0},
		"a random walk":               {autoregressive(1, 0.05), quiet, 0},
		"bursts":                      {bursts, quiet, 0},
		"the subject has its own":     {bursts, autoregressive(0, 0.05), 0},
		"the subject's own remembers": {autoregressive(0, 0.02), autoregressive(0.5, 0.05), 0.92}, // about 0.82 if it were not widened
	} {
		covered := 0
		for run := range runs {
			rng := rand.New(rand.NewPCG(20, uint64(run)))
			if MedianInterval(simulate(rng, m, rounds, extra), uint64(run)).Covers(extra) {
				covered++
			}
		}
		t.Logf("%-28s %.3f", name, float64(covered)/runs)
		level := m.level
		if level == 0 {
			level = 0.95
		}
		slack := 3 * math.Sqrt(level*(1-level)/runs) // three standard errors
		if float64(covered) < (level-slack)*runs {
			t.Errorf("%s: the 95 %% interval covers the truth in %d of %d runs", name, covered, runs)
		}
	}
}

func TestMemory(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 3))
	independent, walk := make([]float64, 500), make([]float64, 500)
	step := autoregressive(1, 1)(rng)
	for i := range walk {
		independent[i], walk[i] = rng.ExpFloat64(), step()
	}
	if r := memory(independent); r > 0.14 { // three standard errors of 500
		t.Errorf("independent values have a memory of %.2f", r)
	}
	if r := memory(walk); r != mostMemory {
		t.Errorf("a random walk has a memory of %.2f", r)
	}
	for _, values := range [][]float64{nil, {1}, {2, 2, 2, 2, 2, 2, 2}, {1, 9, 1, 9, 1, 9, 1, 9}} {
		if r := memory(values); r != 0 {
			t.Errorf("%v have a memory of %.2f", values, r)
		}
	}
}
