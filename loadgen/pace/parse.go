package pace

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// The rates that a schedule may ask for, in calls a second.
const (
	minRate = 0.001
	MaxRate = 1_000_000
)

// Parse reads a rate: "1000" is constant, "100..2000" a ramp over the
// slice, "500,1000,2000" steps that share the slice evenly. Rates are calls a
// second.
func Parse(text string, slice time.Duration) (Schedule, error) {
	if from, to, ramp := strings.Cut(text, ".."); ramp {
		return parseRamp(from, to, slice)
	}
	parts := strings.Split(text, ",")
	rates, err := parseRates(parts)
	if err != nil {
		return nil, err
	}
	if len(rates) == 1 {
		return Constant(rates[0]), nil
	}
	return Steps{Rates: rates, Each: slice / time.Duration(len(rates))}, nil
}

func parseRamp(from, to string, slice time.Duration) (Schedule, error) {
	rates, err := parseRates([]string{from, to})
	if err != nil {
		return nil, err
	}
	return Ramp{From: rates[0], To: rates[1], Over: slice}, nil
}

func parseRates(parts []string) ([]float64, error) {
	rates := make([]float64, len(parts))
	for i, part := range parts {
		r, err := strconv.ParseFloat(strings.TrimSpace(part), 64)
		if err != nil || math.IsNaN(r) || r < minRate || r > MaxRate {
			return nil, fmt.Errorf("rate %q is not a number of calls a second from %g to %d; "+
				"write 1000, a ramp 100..2000 or steps 500,1000,2000", part, minRate, MaxRate)
		}
		rates[i] = r
	}
	return rates, nil
}

func (r Constant) String() string { return fmt.Sprintf("%g", float64(r)) }

func (r Ramp) String() string { return fmt.Sprintf("%g..%g", r.From, r.To) }

func (s Steps) String() string {
	parts := make([]string, len(s.Rates))
	for i, rate := range s.Rates {
		parts[i] = fmt.Sprintf("%g", rate)
	}
	return strings.Join(parts, ",")
}
