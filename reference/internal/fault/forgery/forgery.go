// Package forgery plants faults in tokens that the gateway did not sign. The
// scenarios of scenarios/catalogue/forgery are meant to find them.
package forgery

import (
	"slices"

	"github.com/revocheck/revocheck/reference/internal/fault"
)

// Faults lists the faults of this group.
func Faults() []fault.Fault {
	return slices.Concat(unsignedFaults, foreignFaults, keyFaults, forgedLogoutFaults, expiredLogoutFaults, entryPointFaults, signatureCacheFaults)
}
