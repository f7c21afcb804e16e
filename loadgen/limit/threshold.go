package limit

import (
	"fmt"
	"slices"
	"strings"

	"github.com/revocheck/revocheck/loadgen/stats"
)

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
	Broken
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

// OverInterval holds an estimate to a limit of the same unit. Text renders the
// limit and render the estimate. A run that is not reliable proves nothing.
func OverInterval(name string, i stats.Interval, limit float64, reliable bool, text string, render func(stats.Interval) string) Threshold {
	t := Threshold{Name: name, Limit: text, Found: fmt.Sprintf("%d pairs are too few", i.N)}
	if i.Valid() {
		t.Found = render(i)
	}
	switch {
	case !i.Valid() || !reliable:
		t.State = Unmeasured
	case i.Lo > limit:
		t.State = Broken
	case i.Hi <= limit:
		t.State = Proven
	default:
		t.State = Held
	}
	return t
}

// OverCount holds a count to a limit.
func OverCount(name string, found, limit uint64) Threshold {
	t := Threshold{Name: name, Limit: fmt.Sprint(limit), Found: fmt.Sprint(found), State: Kept}
	if found > limit {
		t.State = Broken
	}
	return t
}
