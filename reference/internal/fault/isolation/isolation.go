// Package isolation plants faults in whose tokens a logout ends. The scenarios
// of scenarios/catalogue/isolation are meant to find them.
package isolation

import (
	"slices"

	"github.com/revocheck/revocheck/reference/internal/fault"
)

// Faults lists the faults of this group.
func Faults() []fault.Fault {
	return slices.Concat(otherUserFaults, siblingFaults, keyFaults, claimFaults, overBlockFaults, logoutByNobodyFaults, cutOffFaults)
}
