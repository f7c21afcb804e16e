package loadgen

import (
	"math"
	"time"
)

// equalRatio divides the span from lo to hi into n bars of equal ratio. The
// last bar reaches past hi, so that hi falls into it.
func equalRatio(lo, hi time.Duration, n int) []Bar {
	if hi <= lo {
		return []Bar{{From: lo, To: lo + 1}}
	}
	ratio := math.Pow(float64(hi)/float64(lo), 1/float64(n))
	bars := make([]Bar, n)
	for i := range bars {
		bars[i].From = time.Duration(float64(lo) * math.Pow(ratio, float64(i)))
		bars[i].To = time.Duration(float64(lo) * math.Pow(ratio, float64(i+1)))
	}
	bars[n-1].To = hi + 1
	return bars
}

// millis returns a duration in milliseconds.
func millis(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
