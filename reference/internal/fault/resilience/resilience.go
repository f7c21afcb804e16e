// Package resilience plants faults in what happens while the store is in
// trouble, and after it. The scenarios of scenarios/catalogue/resilience are
// meant to find them.
package resilience

import (
	"slices"

	"github.com/revocheck/revocheck/reference/internal/fault"
)

// Faults lists the faults of this group.
func Faults() []fault.Fault {
	return slices.Concat(storeDownFaults, connectionFaults, lostFaults, trackedFaults)
}
