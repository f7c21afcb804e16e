package limit

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/revocheck/revocheck/loadgen/stats"
)

// Limits are what a bench must hold. The zero value allows no leak, no
// over-block and no fault, and sets no bound on latency.
type Limits struct {
	// Overhead bounds the relative overhead at a quantile ("p50": 0.05).
	Overhead map[string]float64
	// Latency bounds the subject's own latency at a quantile.
	Latency map[string]time.Duration
	// Leaks, OverBlocks and Faults are how many the subject may show. Leaks
	// bounds the accepted expired tokens too.
	Leaks, OverBlocks, Faults uint64
}

// ParseOverhead reads "p50=5%" into a quantile and a part (0.05).
func ParseOverhead(text string) (string, float64, error) {
	name, limit, found := strings.Cut(text, "=")
	part, err := ParsePercent(limit)
	if !found || err != nil || !slices.Contains(stats.QuantileNames[:], name) {
		return "", 0, fmt.Errorf("%q is not an overhead limit: write one of %s with a percentage, such as p50=5%%",
			text, strings.Join(stats.QuantileNames[:], ", "))
	}
	return name, part, nil
}

// ParsePercent reads "5%" as 0.05.
func ParsePercent(text string) (float64, error) {
	number, found := strings.CutSuffix(strings.TrimSpace(text), "%")
	v, err := strconv.ParseFloat(number, 64)
	if !found || err != nil || !(v >= 0 && v <= 100_000) {
		return 0, fmt.Errorf("%q is not a percentage such as 5%%", text)
	}
	return v / 100, nil
}

// Percent renders a part as a percentage: 0.05 as "5%".
func Percent(part float64) string { return fmt.Sprintf("%.3g%%", 100*part) }
