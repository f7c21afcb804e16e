// Package concurrency plants faults in logouts and calls at the same time. The
// scenarios of scenarios/catalogue/concurrency are meant to find them.
package concurrency

import (
	"slices"

	"github.com/revocheck/revocheck/reference/internal/fault"
)

// Faults lists the faults of this group.
func Faults() []fault.Fault {
	return slices.Concat(logoutFaults, cacheFaults, crowdFaults, twoUserFaults, trackedFaults)
}
