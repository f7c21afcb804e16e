package scenarios

import (
	"github.com/revocheck/revocheck/scenarios/wire"
)

// WithPace gives a run another pace than its contract's.
func WithPace(o Options, p wire.Pace) Options {
	o.pace = p
	return o
}

// PaceOf is the pace of a run by the contract of a target; nil for none.
func PaceOf(t Target) any { return newRun(t, Options{}).limit }

// SamplesFor and UpperBound are the two sides of one equation.
var (
	SamplesFor = samplesFor
	UpperBound = upperBound
)
