package stats

import (
	"fmt"
	"math"
)

// Overhead is what the subject costs above the baseline at one quantile.
type Overhead struct {
	Quantile   string  `json:"quantile"`
	BaselineMs float64 `json:"baseline_ms"` // median over the slices
	SubjectMs  float64 `json:"subject_ms"`
	// Diff is the median of the paired differences, in milliseconds.
	Diff Interval `json:"diff_ms"`
	// Relative is Diff as a part of BaselineMs.
	Relative Interval `json:"relative"`
	// WithDropped is Diff with the pairs that were dropped.
	WithDropped Interval `json:"with_dropped_ms"`
	// Control is the same difference between two equal sides.
	Control Interval `json:"control_ms"`
	// Level is the subject's own quantile over its slices, in milliseconds.
	Level Interval `json:"level_ms"`
	// Distinct is false when the difference could be noise: the interval
	// covers zero or the difference is inside the noise floor.
	Distinct bool `json:"distinct"`
}

// Floor returns the noise floor in milliseconds: the largest difference that
// the control's interval allows between two equal sides.
func (o Overhead) Floor() float64 {
	if !o.Control.Valid() {
		return math.Inf(1)
	}
	return max(math.Abs(o.Control.Lo), math.Abs(o.Control.Hi))
}

// Verdict says in words what the interval supports.
func (o Overhead) Verdict() string {
	switch {
	case !o.Diff.Valid():
		return fmt.Sprintf("not known: %d pairs are too few", o.Diff.N)
	case !o.Distinct && o.Diff.Covers(0):
		return "not distinguishable"
	case !o.Distinct:
		return "not distinguishable from the noise of two equal sides"
	case o.Diff.Point < 0:
		return "faster"
	}
	return "slower"
}

// Analyse compares the sides at every quantile.
func Analyse(pairs []Pair, seed uint64) []Overhead {
	out := make([]Overhead, len(Quantiles))
	for q := range Quantiles {
		out[q] = OverheadAt(pairs, q, seed)
	}
	return out
}

// OverheadAt compares the sides at one of Quantiles, named by its index.
func OverheadAt(pairs []Pair, q int, seed uint64) Overhead {
	kept := OnTime(pairs)
	o := Overhead{Quantile: QuantileNames[q]}
	o.BaselineMs = medianOf(kept, func(p Pair) float64 { return p.Baseline[q] })
	o.SubjectMs = medianOf(kept, func(p Pair) float64 { return p.Subject[q] })
	diff := func(p Pair) float64 { return p.Subject[q] - p.Baseline[q] }
	o.Diff = MedianInterval(column(kept, diff), seed)
	o.WithDropped = MedianInterval(column(pairs, diff), seed)
	o.Control = MedianInterval(column(kept, func(p Pair) float64 { return p.Control[q] - p.Baseline[q] }), seed)
	o.Level = levelInterval(column(kept, func(p Pair) float64 { return p.Subject[q] }), seed)
	if o.BaselineMs > 0 {
		o.Relative = o.Diff.Scaled(1 / o.BaselineMs)
	}
	o.Distinct = o.Diff.Valid() && !o.Diff.Covers(0) && math.Abs(o.Diff.Point) > o.Floor()
	return o
}
