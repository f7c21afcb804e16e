package stats_test

import (
	"math/rand/v2"
	"testing"

	"github.com/revocheck/revocheck/loadgen/internal/example"
	"github.com/revocheck/revocheck/loadgen/stats"
)

func TestEqualSidesAreNotDistinguishable(t *testing.T) {
	const runs = 100
	excluded, distinct := 0, 0
	for run := range runs {
		o := stats.OverheadAt(example.Pairs(rand.New(rand.NewPCG(7, uint64(run))), 30, 0), 0, uint64(run))
		if !o.Diff.Covers(0) {
			excluded++
		}
		if o.Distinct {
			distinct++
		}
	}
	// 5 % of 100 is 5; three standard errors above is 11.
	if excluded > 11 {
		t.Errorf("the interval excludes zero in %d of %d runs of equal sides", excluded, runs)
	}
	if distinct > excluded {
		t.Errorf("%d runs are called distinct, but only %d exclude zero", distinct, excluded)
	}
}

func TestAnExtraIsCoveredAndTold(t *testing.T) {
	const runs, extra = 100, 0.1
	covered, told := 0, 0
	for run := range runs {
		o := stats.OverheadAt(example.Pairs(rand.New(rand.NewPCG(8, uint64(run))), 30, extra), 0, uint64(run))
		if o.Diff.Covers(extra) {
			covered++
		}
		if o.Distinct && o.Verdict() == "slower" {
			told++
		}
	}
	if covered < 89 { // 95 expected, less three standard errors
		t.Errorf("the interval covers the extra in %d of %d runs", covered, runs)
	}
	if told < runs*9/10 {
		t.Errorf("an extra of twice the noise is told in %d of %d runs", told, runs)
	}
}

func TestADifferenceInsideTheNoiseFloorIsNotDistinct(t *testing.T) {
	pairs := make([]stats.Pair, 30)
	for i := range pairs {
		noise := 0.2 + 0.01*float64(i%3)
		pairs[i] = stats.Pair{Baseline: [3]float64{1, 1, 1}, Subject: [3]float64{1.1, 1.1, 1.1}, Control: [3]float64{1 + noise, 1, 1}}
	}
	o := stats.OverheadAt(pairs, 0, 1)
	if o.Diff.Covers(0) || o.Distinct {
		t.Errorf("the control differs by 0.2, and 0.1 is called distinct: %+v", o)
	}
	if got := o.Verdict(); got != "not distinguishable from the noise of two equal sides" {
		t.Errorf("verdict %q", got)
	}
	if o := stats.OverheadAt(pairs, 1, 1); !o.Distinct {
		t.Errorf("with a quiet control 0.1 is not told: %+v", o)
	}
}

func TestDroppedPairsAreGivenBothWays(t *testing.T) {
	pairs := make([]stats.Pair, 20)
	for i := range pairs {
		pairs[i] = stats.Pair{Baseline: [3]float64{1, 1, 1}, Subject: [3]float64{2, 2, 2}, Control: [3]float64{1, 1, 1}}
		if pairs[i].Late = i < 8; pairs[i].Late {
			pairs[i].Subject[0] = 9
		}
	}
	o := stats.OverheadAt(pairs, 0, 1)
	if o.Diff.N != 12 || o.Diff.Hi != 1 || o.WithDropped.N != 20 || o.WithDropped.Hi <= 1 {
		t.Errorf("without the dropped pairs %+v, with them %+v", o.Diff, o.WithDropped)
	}
}

func TestTooFewPairsSayNothing(t *testing.T) {
	for _, n := range []int{0, 1, 5} {
		o := stats.OverheadAt(example.Pairs(rand.New(rand.NewPCG(1, 1)), n, 5), 0, 1)
		if o.Distinct || o.Diff.Valid() || !o.Diff.Covers(99) {
			t.Errorf("%d pairs support %+v", n, o)
		}
	}
}

func TestUnpairedIntervalCoversTheDifference(t *testing.T) {
	const runs = 100
	covered := 0
	for run := range runs {
		rng := rand.New(rand.NewPCG(5, uint64(run)))
		a, b := make([]float64, 25), make([]float64, 25)
		for i := range a {
			a[i], b[i] = rng.NormFloat64(), 2+rng.NormFloat64()
		}
		if stats.DifferenceInterval(a, b, uint64(run)).Covers(2) {
			covered++
		}
	}
	if covered < 89 { // 95 expected, less three standard errors
		t.Errorf("covered in %d of %d runs", covered, runs)
	}
}
