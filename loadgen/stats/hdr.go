package stats

import (
	"bufio"
	"fmt"
	"io"
	"math"
	"time"
)

// WriteHDR writes the percentile distribution of a side in the text form that
// HdrHistogram's plotters read. Values are milliseconds.
func (h Histogram) WriteHDR(w io.Writer) error {
	p := bufio.NewWriter(w) // keeps the first error until Flush
	fmt.Fprintf(p, "%12s %14s %10s %14s\n\n", "Value", "Percentile", "TotalCount", "1/(1-Percentile)")
	if h.Count() == 0 {
		return p.Flush()
	}
	for _, b := range h.hdr.CumulativeDistribution() {
		q := b.Quantile / 100
		if q >= 1 {
			fmt.Fprintf(p, "%12.3f %2.12f %10d\n", Millis(time.Duration(b.ValueAt)), q, b.Count)
			continue
		}
		fmt.Fprintf(p, "%12.3f %2.12f %10d %14.2f\n", Millis(time.Duration(b.ValueAt)), q, b.Count, 1/(1-q))
	}
	fmt.Fprintf(p, "#[Mean    = %12.3f, StdDeviation   = %12.3f]\n", h.hdr.Mean()/1e6, h.hdr.StdDev()/1e6)
	fmt.Fprintf(p, "#[Max     = %12.3f, Total count    = %12d]\n", Millis(h.Max()), h.Count())
	return p.Flush()
}

// Percentiles lists points of the distribution for a plot: from 0 up to the
// last that the count supports, each halving the distance to 100 %.
func (h Histogram) Percentiles() (points []PercentilePoint) {
	n := float64(h.Count())
	for tail := 1.0; tail*n >= 1; tail /= math.Sqrt2 {
		points = append(points, PercentilePoint{InverseTail: 1 / tail, Ms: Millis(h.At(1 - tail))})
	}
	return points
}

// PercentilePoint is the latency at one point of the distribution.
type PercentilePoint struct {
	InverseTail float64 // 1/(1-q): 10 at p90, 100 at p99
	Ms          float64
}
