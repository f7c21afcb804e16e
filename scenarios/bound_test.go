package scenarios_test

import (
	"testing"

	"github.com/revocheck/revocheck/scenarios"
)

// TestASampleIsAsLargeAsItsBoundTakes and no more than a group larger.
func TestASampleIsAsLargeAsItsBoundTakes(t *testing.T) {
	for _, rate := range []float64{0.5, 0.1, 0.01, 0.001, 0.00001} {
		n := scenarios.SamplesFor(rate)
		if got := scenarios.UpperBound(n); got > rate {
			t.Errorf("a sample of %d for %g bounds %g", n, rate, got)
		}
		if fewer := n - 8; fewer > 0 && scenarios.UpperBound(fewer) <= rate {
			t.Errorf("%d would do for %g, and %d are taken", fewer, rate, n)
		}
	}
	if n := scenarios.SamplesFor(0.001); n != 3000 { // 2995 by 3/0.001, more exactly ln(0.05)/ln(0.999)
		t.Errorf("a rate of 0.1 %% takes %d", n)
	}
}
