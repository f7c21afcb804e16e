// Package respelling plants faults in other spellings of a dead token. The
// scenarios of scenarios/catalogue/respelling are meant to find them.
package respelling

import (
	"slices"

	"github.com/revocheck/revocheck/reference/internal/fault"
)

// Faults lists the faults of this group.
func Faults() []fault.Fault {
	return slices.Concat(keyFaults, schemeFaults, textFaults, signatureFaults)
}
