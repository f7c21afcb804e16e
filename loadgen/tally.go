package loadgen

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Tally counts the answers of a side by class and outcome.
type Tally struct {
	Counts map[Class]map[Outcome]uint64 `json:"counts,omitempty"`
	// Statuses counts the answers by status; 0 counts the calls without one.
	Statuses map[int]uint64 `json:"statuses,omitempty"`
	// Faults counts what went wrong, by kind.
	Faults map[string]uint64 `json:"faults,omitempty"`
	// Logouts counts the logouts of the storm that were acknowledged.
	Logouts uint64 `json:"logouts,omitempty"`
	// Unsent counts the calls that were due but never sent, because as many
	// as the plan allows were waiting for an answer. Each is a fault.
	Unsent uint64 `json:"unsent,omitempty"`
}

// Add counts one answer. Fault is the kind of fault, "" for none.
func (t *Tally) Add(c Class, o Outcome, status int, fault string) {
	t.ready()
	if t.Counts[c] == nil {
		t.Counts[c] = map[Outcome]uint64{}
	}
	t.Counts[c][o]++
	t.Statuses[status]++
	if fault != "" {
		t.Faults[fault]++
	}
}

func (t *Tally) ready() {
	if t.Counts == nil {
		*t = Tally{Counts: map[Class]map[Outcome]uint64{}, Statuses: map[int]uint64{},
			Faults: map[string]uint64{}, Logouts: t.Logouts, Unsent: t.Unsent}
	}
}

// merge adds the counts of another tally.
func (t *Tally) merge(other Tally) {
	t.ready()
	for c, outcomes := range other.Counts {
		if t.Counts[c] == nil {
			t.Counts[c] = map[Outcome]uint64{}
		}
		addAll(t.Counts[c], outcomes)
	}
	addAll(t.Statuses, other.Statuses)
	addAll(t.Faults, other.Faults)
	t.Logouts += other.Logouts
	t.Unsent += other.Unsent
}

func addAll[K comparable](into, from map[K]uint64) {
	for k, n := range from {
		into[k] += n
	}
}

// Calls returns how many calls were answered or failed.
func (t Tally) Calls() (n uint64) {
	for _, count := range t.Statuses {
		n += count
	}
	return n
}

// Of returns how many calls of any class had the outcome.
func (t Tally) Of(o Outcome) (n uint64) {
	for _, outcomes := range t.Counts {
		n += outcomes[o]
	}
	if o == Fault {
		n += t.Unsent
	}
	return n
}

// Dead returns how many calls carried a token that a sound gateway refuses and
// got an answer that says so or not.
func (t Tally) Dead() (n uint64) {
	for c, outcomes := range t.Counts {
		if c.good() {
			continue
		}
		for o, count := range outcomes {
			if o != Fault {
				n += count
			}
		}
	}
	return n
}

// Answered returns how many calls got any answer.
func (t Tally) Answered() uint64 { return t.Calls() - t.Statuses[0] }

// FaultSummary names the commonest faults, most frequent first.
func (t Tally) FaultSummary() string {
	kinds := slices.SortedFunc(maps.Keys(t.Faults), func(a, b string) int {
		if d := int64(t.Faults[b]) - int64(t.Faults[a]); d != 0 {
			return int(d)
		}
		return strings.Compare(a, b)
	})
	var parts []string
	for _, kind := range kinds {
		parts = append(parts, fmt.Sprintf("%d × %s", t.Faults[kind], kind))
	}
	if t.Unsent > 0 {
		parts = append(parts, fmt.Sprintf("%d × not sent: too many were waiting", t.Unsent))
	}
	return strings.Join(parts, ", ")
}
