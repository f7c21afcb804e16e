// Package replay plants faults in where and how a dead token is sent: routes,
// URLs, headers, connections and carriers. The scenarios of
// scenarios/catalogue/replay are meant to find them.
package replay

import (
	"slices"

	"github.com/revocheck/revocheck/reference/internal/fault"
)

// Faults lists the faults of this group.
func Faults() []fault.Fault {
	return slices.Concat(routeFaults, urlFaults, headerFaults, connectionFaults, sideEffectFaults, carrierFaults, hammeredFaults, backendBypasFaults, openPathFaults)
}
