package stats

import (
	"math"
	"time"
)

// Bar is how many latencies lie from From up to To.
type Bar struct {
	From, To time.Duration
	Count    int64
}

// Bars groups the counts into at most n bars of equal ratio between their
// ends, from the lowest latency to the highest.
func (h Histogram) Bars(n int) []Bar {
	if h.Count() == 0 || n < 1 {
		return nil
	}
	bars := equalRatio(max(time.Duration(h.hdr.Min()), time.Microsecond), h.Max(), n)
	at := 0
	for _, b := range h.hdr.Distribution() {
		for at < len(bars)-1 && time.Duration(b.From) >= bars[at].To {
			at++
		}
		bars[at].Count += b.Count
	}
	return bars
}

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
