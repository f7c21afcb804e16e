// Package retention plants faults in how long and how many revocations are
// kept. The scenarios of scenarios/catalogue/retention are meant to find them.
package retention

import (
	"slices"

	"github.com/revocheck/revocheck/reference/internal/fault"
)

// Faults lists the faults of this group.
func Faults() []fault.Fault {
	return slices.Concat(timeToLiveFaults, entryFaults, manyRevocationFaults, lapseFaults, steadyUseFaults, lateLogoutFaults)
}
