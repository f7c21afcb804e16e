package history

import (
	"slices"
	"strings"
	"time"

	"github.com/anishathalye/porcupine"
)

// Limits of a check. The zero value allows no leak and all the time it takes.
type Limits struct {
	// LeakWindow is how long a target may take to be revoked everywhere after
	// it first said so, as it declares.
	LeakWindow time.Duration
	// Time bounds the search in each register; 0 for no bound.
	Time time.Duration
}

// Result is what a check found.
type Result struct {
	Operations int
	Registers  int
	// Unknown counts the calls whose answer told nothing.
	Unknown int
	// Violations has one entry for each register whose answers no order
	// explains, sorted by register.
	Violations []Violation
	// Undecided are the registers for which the time did not suffice.
	Undecided []string
}

// OK reports whether every register was checked and found sound. A history
// without operations is not.
func (r Result) OK() bool {
	return r.Operations > 0 && len(r.Violations) == 0 && len(r.Undecided) == 0
}

// Lost counts the registers that were accepted after an acknowledged logout.
func (r Result) Lost() int {
	lost := 0
	for _, v := range r.Violations {
		if v.Fault == Leak {
			lost++
		}
	}
	return lost
}

// Check checks a history. The operations may come in any order.
func Check(ops []Operation, limits Limits) Result {
	result := Result{Operations: len(ops)}
	registers := partition(ops)
	result.Registers = len(registers)
	for _, own := range registers {
		result.add(own, limits)
	}
	return result
}

func (r *Result) add(own []Operation, limits Limits) {
	for _, o := range own {
		if o.Kind == Call && o.Outcome == Unknown {
			r.Unknown++
		}
	}
	switch explain(own, limits) {
	case porcupine.Illegal:
		r.Violations = append(r.Violations, violation(own, limits.LeakWindow))
	case porcupine.Unknown:
		r.Undecided = append(r.Undecided, own[0].Register)
	}
}

func explain(own []Operation, limits Limits) porcupine.CheckResult {
	open := settle(own)
	if len(open) == 0 {
		return porcupine.Ok
	}
	return porcupine.CheckOperationsTimeout(register, events(open, limits.LeakWindow), limits.Time)
}

// partition groups the operations by register; each group is in the order of
// sending.
func partition(ops []Operation) [][]Operation {
	sorted := slices.Clone(ops)
	slices.SortStableFunc(sorted, func(a, b Operation) int {
		if d := strings.Compare(a.Register, b.Register); d != 0 {
			return d
		}
		return a.Sent.Compare(b.Sent)
	})
	var groups [][]Operation
	for start, i := 0, 1; i <= len(sorted); i++ {
		if i == len(sorted) || sorted[i].Register != sorted[start].Register {
			groups = append(groups, sorted[start:i])
			start = i
		}
	}
	return groups
}
