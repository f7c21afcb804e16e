// Package wire plants faults in the answers themselves: refusals, caches, logs,
// sizes. The scenarios of scenarios/catalogue/wire are meant to find them.
package wire

import (
	"slices"

	"github.com/revocheck/revocheck/reference/internal/fault"
)

// Faults lists the faults of this group.
func Faults() []fault.Fault {
	return slices.Concat(refusalFaults, leakFaults, sizeFaults)
}
