package stats

import (
	"math"
	"slices"
)

// Quantiles are those at which sides are compared. Their order is that of
// every array of quantiles in a Result.
var Quantiles = [3]float64{0.50, 0.90, 0.99}

// QuantileNames are the names of Quantiles.
var QuantileNames = [3]string{"p50", "p90", "p99"}

// quantile returns the q-quantile of values that are sorted, interpolating
// between neighbours (type 7 of Hyndman and Fan, 1996). Nothing has quantile
// NaN.
func quantile(sorted []float64, q float64) float64 {
	if len(sorted) == 0 {
		return math.NaN()
	}
	pos := q * float64(len(sorted)-1)
	below := int(pos)
	if below+1 >= len(sorted) {
		return sorted[len(sorted)-1]
	}
	return sorted[below] + (pos-float64(below))*(sorted[below+1]-sorted[below])
}

// median sorts the values in place and returns the middle one.
func median(values []float64) float64 {
	slices.Sort(values)
	return quantile(values, 0.5)
}

// QuantilesOf sorts the values in place and returns those at Quantiles.
func QuantilesOf(values []float64) (qs [3]float64) {
	slices.Sort(values)
	for i, q := range Quantiles {
		qs[i] = quantile(values, q)
	}
	return qs
}
