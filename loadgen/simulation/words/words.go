// Package words writes a simulation's figures as people say them, the same on
// every page: "4 min 10 s", "1.2 million", "2.1 MB", "0.4 %".
package words

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/revocheck/revocheck/loadgen/simulation/outcome"
)

// Seconds is a time in its two largest units, to about three digits.
func Seconds(s float64) string {
	switch {
	case s < 0:
		return "-" + Seconds(-s)
	case s == 0:
		return "0 s"
	case s < 0.9995:
		return digits(s*1000) + " ms"
	case s < 59.95:
		return digits(s) + " s"
	case s < 3599.5:
		return pair(s, 60, "min", 1, "s")
	case s < 86370:
		return pair(s, 3600, "h", 60, "min")
	}
	return pair(s, 86400, "d", 3600, "h")
}

// pair is s in whole numbers of a large and a small unit.
func pair(s, large float64, name string, small float64, rest string) string {
	whole := math.Round(s / small)
	first := math.Floor(whole * small / large)
	if second := whole - first*large/small; second > 0 {
		return fmt.Sprintf("%.0f %s %.0f %s", first, name, second, rest)
	}
	return fmt.Sprintf("%.0f %s", first, name)
}

// Count is a number of things, to about three digits.
func Count(n float64) string {
	switch size := math.Abs(n); {
	case size >= 999.5e6:
		return digits(n/1e9) + " billion"
	case size >= 999.5e3:
		return digits(n/1e6) + " million"
	case size >= 999.5:
		return thousands(n)
	}
	return digits(n)
}

// thousands groups a whole number by commas.
func thousands(n float64) string {
	s := strconv.FormatFloat(math.Abs(math.Round(n)), 'f', 0, 64)
	var groups []string
	for len(s) > 3 {
		groups, s = append([]string{s[len(s)-3:]}, groups...), s[:len(s)-3]
	}
	s = strings.Join(append([]string{s}, groups...), ",")
	if n < 0 {
		return "-" + s
	}
	return s
}

// Bytes is a size in powers of a thousand.
func Bytes(n float64) string {
	for _, unit := range []struct {
		size float64
		name string
	}{{1e12, "TB"}, {1e9, "GB"}, {1e6, "MB"}, {1e3, "kB"}} {
		if math.Abs(n) >= 0.9995*unit.size {
			return digits(n/unit.size) + " " + unit.name
		}
	}
	return digits(n) + " B"
}

// Percent is a share of one.
func Percent(share float64) string { return digits(100*share) + " %" }

// digits writes three digits that matter, and none after the point that says
// nothing.
func digits(v float64) string {
	size := math.Abs(v)
	after := 0
	switch {
	case size == 0:
	case size < 0.01:
		return strconv.FormatFloat(v, 'g', 2, 64)
	case size < 0.9995:
		after = 3
	case size < 9.995:
		after = 2
	case size < 99.95:
		after = 1
	}
	s := strconv.FormatFloat(v, 'f', after, 64)
	if strings.Contains(s, ".") {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	return s
}

// Interval is a mean with its interval behind it, where it has one: "12 s (11 s
// to 13 s)".
func Interval(i outcome.Interval, say func(float64) string) string {
	mean, lo, hi := say(i.Mean), say(i.Lo), say(i.Hi)
	if !i.Valid() || lo == mean && hi == mean {
		return mean
	}
	return fmt.Sprintf("%s (%s to %s)", mean, lo, hi)
}

// AtMost is a rate of which nothing was seen, as the bound that this supports,
// and what was seen where something was.
func AtMost(seen outcome.Interval, most float64, say func(float64) string) string {
	if most > 0 {
		return "0 (at most " + say(most) + ")"
	}
	return Interval(seen, say)
}
