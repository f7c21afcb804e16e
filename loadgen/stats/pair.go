package stats

// Pair is one round: a slice of each side, in milliseconds at Quantiles,
// counted from the due time.
type Pair struct {
	Order    string     `json:"order"` // "BSC": baseline, subject, control
	Late     bool       `json:"late,omitempty"`
	Baseline [3]float64 `json:"baseline_ms"`
	Subject  [3]float64 `json:"subject_ms"`
	Control  [3]float64 `json:"control_ms"`
}

// OnTime returns the pairs that the generator was not late for.
func OnTime(pairs []Pair) []Pair {
	var kept []Pair
	for _, p := range pairs {
		if !p.Late {
			kept = append(kept, p)
		}
	}
	return kept
}

func column(pairs []Pair, value func(Pair) float64) []float64 {
	out := make([]float64, len(pairs))
	for i, p := range pairs {
		out[i] = value(p)
	}
	return out
}

// medianOf is 0 for no pairs, which JSON can hold and NaN it cannot.
func medianOf(pairs []Pair, value func(Pair) float64) float64 {
	if len(pairs) == 0 {
		return 0
	}
	return median(column(pairs, value))
}

// Differences returns subject minus baseline of the pairs that are on time, in
// milliseconds, at one of Quantiles, named by its index.
func Differences(pairs []Pair, q int) []float64 {
	return column(OnTime(pairs), func(p Pair) float64 { return p.Subject[q] - p.Baseline[q] })
}
