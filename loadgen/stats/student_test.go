package stats

import (
	"math"
	"testing"
)

// The values are those of the table in NIST's handbook, section 1.3.6.7.2.
func TestStudent(t *testing.T) {
	for _, c := range []struct {
		share   float64
		freedom int
		want    float64
	}{
		{0.95, 1, 12.706}, {0.95, 2, 4.303}, {0.95, 5, 2.571}, {0.95, 9, 2.262}, {0.95, 29, 2.045}, {0.95, 100, 1.984},
		{0.99, 9, 3.250}, {0.999, 9, 4.781}, {0.999, 29, 3.659}, {0.998, 29, 3.396}, {0.95, 0, 0},
	} {
		if got := Student(c.share, c.freedom); math.Abs(got-c.want) > 0.0006 {
			t.Errorf("%g of t with %d degrees of freedom: %.4f, want %.3f", c.share, c.freedom, got, c.want)
		}
	}
}
