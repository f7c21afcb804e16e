package scenarios

import (
	"time"

	"github.com/revocheck/revocheck/scenarios/wire"
)

// WithPace gives a run another pace than its contract's.
func WithPace(o Options, p wire.Pace) Options {
	o.pace = p
	return o
}

// PaceOf is the pace of a run by the contract of a target; nil for none.
func PaceOf(t Target) any { return newRun(t, Options{}).limit }

// ClockSeen is what the Dates of answers tell of the target's clock.
func ClockSeen(answers []Answer) (ahead, unsure time.Duration) {
	first, _ := dated(answers[0])
	b := first.bracket()
	for _, a := range answers[1:] {
		next, _ := dated(a)
		b = b.and(next.bracket())
	}
	return b.skew().ahead, b.skew().unsure
}
