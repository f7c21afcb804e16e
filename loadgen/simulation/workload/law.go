package workload

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"
)

// Law is a distribution of times. The zero value is always 0.
type Law struct {
	kind string
	// a and b are its parameters, in seconds where they are times.
	a, b float64
	// sample is sorted, in seconds.
	sample []float64
}

// Constant is always d.
func Constant(d time.Duration) Law { return Law{kind: "constant", a: d.Seconds()} }

// Exponential has the mean d.
func Exponential(d time.Duration) Law { return Law{kind: "exponential", a: d.Seconds()} }

// Sampled is drawn from what was measured, in seconds, with a line between each
// and the next.
func Sampled(seconds []float64) Law {
	sorted := slices.Clone(seconds)
	slices.Sort(sorted)
	return Law{kind: "sample", sample: sorted}
}

// laws are the kinds by name, with how many times follow.
var laws = map[string]int{"constant": 1, "exponential": 1, "uniform": 2, "lognormal": 1, "pareto": 1}

// ParseLaw reads "2s" or "constant 2s", "exponential MEAN", "uniform LOW HIGH",
// "lognormal MEDIAN SIGMA" or "pareto LEAST ALPHA"; the last parameter of the
// last two is a number.
func ParseLaw(text string) (Law, error) {
	words := strings.Fields(text)
	if len(words) == 1 {
		words = append([]string{"constant"}, words...)
	}
	wrong := fmt.Errorf("%q is no distribution: write 2s, exponential 2s, uniform 1s 3s, lognormal 2s 0.5 or pareto 1s 3", text)
	if len(words) < 2 {
		return Law{}, wrong
	}
	times, known := laws[words[0]]
	if !known {
		return Law{}, wrong
	}
	l := Law{kind: words[0]}
	values := []*float64{&l.a, &l.b}
	takesNumber := l.kind == "lognormal" || l.kind == "pareto"
	if takesNumber {
		times++
	}
	if len(words) != 1+times {
		return Law{}, wrong
	}
	for i, word := range words[1:] {
		var err error
		if i == 1 && takesNumber {
			*values[i], err = ParseNumber(word)
		} else {
			var d time.Duration
			d, err = ParseDuration(word)
			*values[i] = d.Seconds()
		}
		if err != nil || *values[i] < 0 {
			return Law{}, wrong
		}
	}
	return l, l.check()
}

func (l Law) check() error {
	switch {
	case l.kind == "uniform" && l.b < l.a:
		return fmt.Errorf("%s: the first of the two is the lower one", l)
	case l.kind == "pareto" && (l.b <= 0 || l.a <= 0):
		return fmt.Errorf("%s: both numbers are above 0", l)
	case l.kind == "lognormal" && l.b > 10:
		return fmt.Errorf("%s: a sigma above 10 is no time that anybody waits for", l)
	}
	return nil
}

// longest bounds a draw: 30 years.
const longest = 30 * 365 * 86400.0

// Seconds is the quantile of u in [0, 1): drawn with uniform u, it has the
// distribution.
func (l Law) Seconds(u float64) float64 {
	s := 0.0
	switch l.kind {
	case "constant":
		s = l.a
	case "exponential":
		s = -l.a * math.Log1p(-u)
	case "uniform":
		s = l.a + u*(l.b-l.a)
	case "lognormal":
		s = l.a * math.Exp(float64(l.b*math.Sqrt2*math.Erfinv(2*u-1)))
	case "pareto":
		s = l.a * math.Pow(1-u, -1/l.b)
	case "sample":
		s = between(l.sample, u)
	}
	return min(max(s, 0), longest)
}

// between interpolates in a sorted sample.
func between(sorted []float64, u float64) float64 {
	if len(sorted) == 0 {
		return 0
	}
	at := u * float64(len(sorted)-1)
	i := int(at)
	if i+1 >= len(sorted) {
		return sorted[len(sorted)-1]
	}
	return sorted[i] + float64((at-float64(i))*(sorted[i+1]-sorted[i]))
}

// Duration is Seconds as a duration.
func (l Law) Duration(u float64) time.Duration { return time.Duration(l.Seconds(u) * 1e9) }

// Zero reports whether it is always 0.
func (l Law) Zero() bool {
	return l.kind == "" || l.kind == "constant" && l.a == 0 || l.kind == "sample" && len(l.sample) == 0
}

// Beyond is the chance of more than d.
func (l Law) Beyond(d time.Duration) float64 {
	low, high := 0.0, 1.0
	if l.Seconds(0) > d.Seconds() {
		return 1
	}
	for range 60 {
		if middle := (low + high) / 2; l.Seconds(middle) > d.Seconds() {
			high = middle
		} else {
			low = middle
		}
	}
	return 1 - high
}

// Constant is the value of a law that has only one, in seconds.
func (l Law) Constant() (float64, bool) {
	return l.a, l.Zero() || l.kind == "constant"
}

// String is the law as ParseLaw reads it.
func (l Law) String() string {
	seconds := func(s float64) string { return time.Duration(s * 1e9).String() }
	switch l.kind {
	case "":
		return "0s"
	case "constant":
		return seconds(l.a)
	case "uniform":
		return "uniform " + seconds(l.a) + " " + seconds(l.b)
	case "exponential":
		return "exponential " + seconds(l.a)
	case "sample":
		return fmt.Sprintf("as measured (median %s)", seconds(l.Seconds(0.5)))
	}
	return fmt.Sprintf("%s %s %g", l.kind, seconds(l.a), l.b)
}
