package stream

import (
	"math"
	"testing"
)

func TestStreamsAreKeptApart(t *testing.T) {
	seen := map[uint64]string{}
	for seed := range uint64(2) {
		for replication := range 3 {
			s := New(seed, replication)
			for who := range uint64(20) {
				for what := range Age {
					for index := range uint64(20) {
						bits := s.Bits(who, what, index)
						if seen[bits] != "" {
							t.Fatalf("two draws are %x", bits)
						}
						seen[bits] = "drawn"
					}
				}
			}
		}
	}
}

func TestADrawDoesNotDependOnOthers(t *testing.T) {
	a, b := New(7, 1), New(7, 1)
	a.Exponential(1, Wait, 1)
	a.Poisson(50, 1, Age, 1)
	if x, y := a.Exponential(3, Wait, 9), b.Exponential(3, Wait, 9); x != y {
		t.Errorf("%g after other draws, %g before", x, y)
	}
}

// The first two moments of n draws lie within five standard errors.
func TestDistributions(t *testing.T) {
	const n = 200_000
	s := New(1, 0)
	for _, c := range []struct {
		name           string
		draw           func(i uint64) float64
		mean, variance float64
	}{
		{"uniform over index", func(i uint64) float64 { return s.Unit(1, Wait, i) }, 0.5, 1.0 / 12},
		{"uniform over who", func(i uint64) float64 { return s.Unit(i, Wait, 1) }, 0.5, 1.0 / 12},
		{"exponential over index", func(i uint64) float64 { return s.Exponential(1, Wait, i) }, 1, 1},
		{"exponential over who", func(i uint64) float64 { return s.Exponential(i, Wait, 1) }, 1, 1},
		{"few", func(i uint64) float64 { return float64(s.Poisson(3, i, Age, 0)) }, 3, 3},
		{"many", func(i uint64) float64 { return float64(s.Poisson(5000, i, Age, 0)) }, 5000, 5000},
	} {
		sum, squares := 0.0, 0.0
		for i := range uint64(n) {
			x := c.draw(i) - c.mean
			sum += x
			squares += x * x
		}
		if off := sum / n / math.Sqrt(c.variance/n); math.Abs(off) > 5 {
			t.Errorf("%s: the mean is off by %.1f standard errors", c.name, off)
		}
		if got := squares / n; math.Abs(got-c.variance) > 0.05*c.variance {
			t.Errorf("%s: the variance is %g, want %g", c.name, got, c.variance)
		}
	}
}
