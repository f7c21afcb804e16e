package workload

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// ParseDuration reads a time that is not negative, such as 90s, 1h30m or 2d.
func ParseDuration(text string) (time.Duration, error) {
	wrong := fmt.Errorf("%q is no time: write a number with its unit, such as 500ms, 90s, 1h30m or 2d", text)
	if days, ok := strings.CutSuffix(text, "d"); ok {
		n, err := ParseNumber(days)
		if err != nil || n < 0 || n > 36500 {
			return 0, wrong
		}
		return time.Duration(n * 24 * float64(time.Hour)), nil
	}
	d, err := time.ParseDuration(text)
	if err != nil || d < 0 {
		return 0, wrong
	}
	return d, nil
}

// ParseNumber reads a number, with _ between its digits or a suffix k or M if
// wanted.
func ParseNumber(text string) (float64, error) {
	factor := 1.0
	switch {
	case strings.HasSuffix(text, "k"):
		factor = 1e3
	case strings.HasSuffix(text, "M"):
		factor = 1e6
	}
	n, err := strconv.ParseFloat(strings.ReplaceAll(strings.TrimRight(text, "kM"), "_", ""), 64)
	if err != nil || math.IsNaN(n) || math.IsInf(n, 0) || len(text)-len(strings.TrimRight(text, "kM")) > 1 {
		return 0, fmt.Errorf("%q is no number: write 20000, 20_000, 20k or 0.3", text)
	}
	return n * factor, nil
}

var errWhole = errors.New("a whole number is needed here")

func parseWhole(text string) (int, error) {
	n, err := ParseNumber(text)
	if err != nil {
		return 0, err
	}
	if n != math.Trunc(n) || math.Abs(n) > 1e15 {
		return 0, errWhole
	}
	return int(n), nil
}
