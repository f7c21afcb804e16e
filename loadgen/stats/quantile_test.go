package stats

import (
	"testing"
	"time"
)

func TestQuantile(t *testing.T) {
	values := []float64{1, 2, 3, 4, 5}
	for q, want := range map[float64]float64{0: 1, 0.5: 3, 0.9: 4.6, 1: 5} {
		if got := quantile(values, q); got != want {
			t.Errorf("quantile %g is %g, want %g", q, got, want)
		}
	}
}

// The tail of the expanded interval is checked against published quantiles of
// Student's distribution.
func TestStudentQuantile(t *testing.T) {
	for degrees, want := range map[int]float64{5: 2.5706, 10: 2.2281, 30: 2.0423, 100: 1.9840} {
		if got := studentQuantile(degrees); got < want*0.998 || got > want*1.002 {
			t.Errorf("%d degrees of freedom: %.4f, want %.4f", degrees, got, want)
		}
	}
}

func TestHistogramKeepsItsPrecision(t *testing.T) {
	var h Histogram
	for n := 1; n <= 10_000; n++ {
		h.Add(time.Duration(n) * time.Microsecond)
	}
	for q, want := range map[float64]time.Duration{0.5: 5 * time.Millisecond, 0.9: 9 * time.Millisecond, 0.99: 9900 * time.Microsecond} {
		if got := h.At(q); (got - want).Abs() > want/500 {
			t.Errorf("quantile %g is %s, want %s within 0.2 %%", q, got, want)
		}
	}
	var counted int64
	for _, b := range h.Bars(12) {
		counted += b.Count
	}
	if counted != 10_000 {
		t.Errorf("the bars hold %d of 10,000 latencies", counted)
	}
}
