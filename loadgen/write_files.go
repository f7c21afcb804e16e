package loadgen

import (
	"io"
	"math"
	"strings"
	"time"
)

// WriteBenchstat writes the slices in the Go benchmark format, a line for each
// side and pair, for benchstat -col /side. Its test treats the slices as
// unpaired, and so finds less than the paired interval does.
func (r *Result) WriteBenchstat(w io.Writer) error {
	p := &printer{w: w}
	system, processor, _ := strings.Cut(r.Tool.OS, "/")
	p.printf("goos: %s\ngoarch: %s\npkg: github.com/revocheck/revocheck/loadgen\n", system, processor)
	for _, pair := range onTime(r.Pairs) {
		for _, side := range []struct {
			name string
			at   [3]float64
		}{{r.Baseline.Name, pair.Baseline}, {r.Subject.Name, pair.Subject}, {r.Control.Name, pair.Control}} {
			p.printf("BenchmarkCall/side=%s 1", benchName(side.name))
			for q, ms := range side.at {
				p.printf(" %d %s-ns/op", int64(ms*1e6), QuantileNames[q])
			}
			p.printf("\n")
		}
	}
	return p.err
}

// benchName keeps a name in one word and out of the format's separators.
func benchName(name string) string {
	return strings.Map(func(r rune) rune {
		if r <= ' ' || r == '/' || r == '=' {
			return '-'
		}
		return r
	}, name)
}

// WriteHDR writes the percentile distribution of a side in the text form that
// HdrHistogram's plotters read. Values are milliseconds.
func (h Histogram) WriteHDR(w io.Writer) error {
	p := &printer{w: w}
	p.printf("%12s %14s %10s %14s\n\n", "Value", "Percentile", "TotalCount", "1/(1-Percentile)")
	if h.Count() == 0 {
		return p.err
	}
	for _, b := range h.hdr.CumulativeDistribution() {
		q := b.Quantile / 100
		if q >= 1 {
			p.printf("%12.3f %2.12f %10d\n", millis(time.Duration(b.ValueAt)), q, b.Count)
			continue
		}
		p.printf("%12.3f %2.12f %10d %14.2f\n", millis(time.Duration(b.ValueAt)), q, b.Count, 1/(1-q))
	}
	p.printf("#[Mean    = %12.3f, StdDeviation   = %12.3f]\n", h.hdr.Mean()/1e6, h.hdr.StdDev()/1e6)
	p.printf("#[Max     = %12.3f, Total count    = %12d]\n", millis(h.Max()), h.Count())
	return p.err
}

// percentiles lists points of the distribution for a plot: from 0 up to the
// last that the count supports, each halving the distance to 100 %.
func (h Histogram) percentiles() (points []percentilePoint) {
	n := float64(h.Count())
	for tail := 1.0; tail*n >= 1; tail /= math.Sqrt2 {
		points = append(points, percentilePoint{inverseTail: 1 / tail, ms: millis(h.At(1 - tail))})
	}
	return points
}

type percentilePoint struct{ inverseTail, ms float64 }
