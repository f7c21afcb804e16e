// Package cluster plants faults in what replicas know of each other's logouts.
// The scenarios of scenarios/catalogue/cluster are meant to find them.
package cluster

import (
	"slices"

	"github.com/revocheck/revocheck/reference/internal/fault"
)

// Faults lists the faults of this group.
func Faults() []fault.Fault {
	return slices.Concat(propagationFaults, secondReplicaFaults, restartFaults)
}
