// Package expiry plants faults in when a token begins and ends. The scenarios
// of scenarios/catalogue/expiry are meant to find them.
package expiry

import (
	"slices"

	"github.com/revocheck/revocheck/reference/internal/fault"
)

// Faults lists the faults of this group.
func Faults() []fault.Fault {
	return slices.Concat(expFaults, notYetFaults, entryPointFaults, signatureCacheFaults)
}
