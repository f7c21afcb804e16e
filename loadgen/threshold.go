package loadgen

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
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

// Threshold is one limit with what became of it.
type Threshold struct {
	Name  string `json:"name"`  // "overhead p50"
	Limit string `json:"limit"` // "5%"
	Found string `json:"found"` // "3.1% [2.2%, 4.0%]"
	State State  `json:"state"`
}

// State is what became of a limit.
type State uint8

// The states. A latency limit is judged on the interval: broken when all of
// it lies above the limit, proven when all of it lies below, and otherwise
// held but not proven. A count is held for the calls that were made. The zero
// value means that nothing was measured.
const (
	Unmeasured State = iota
	Proven
	Held // not proven: the interval reaches across the limit
	BrokenLimit
	NotLookedFor // the load held nothing that could break it
	Kept         // a count that was not exceeded
)

var stateNames = []string{"unmeasured", "proven", "held, not proven", "broken", "not looked for", "kept"}

func (s State) String() string {
	if int(s) >= len(stateNames) {
		return fmt.Sprintf("unknown(%d)", uint8(s))
	}
	return stateNames[s]
}

// MarshalText renders the state's name.
func (s State) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads a state's name and refuses any other text.
func (s *State) UnmarshalText(b []byte) error {
	i := slices.Index(stateNames, string(b))
	if i < 0 {
		return fmt.Errorf("%q is not a state of a threshold (one of %s)", b, strings.Join(stateNames, ", "))
	}
	*s = State(i)
	return nil
}

// ParseOverhead reads "p50=5%" into a quantile and a part (0.05).
func ParseOverhead(text string) (string, float64, error) {
	name, limit, found := strings.Cut(text, "=")
	part, err := ParsePercent(limit)
	if !found || err != nil || !slices.Contains(QuantileNames[:], name) {
		return "", 0, fmt.Errorf("%q is not an overhead limit: write one of %s with a percentage, such as p50=5%%",
			text, strings.Join(QuantileNames[:], ", "))
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
