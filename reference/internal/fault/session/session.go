// Package session plants faults in how sessions end as a whole: for all users, and
// in all ways. The scenarios of scenarios/catalogue/session are meant to find them.
package session

import (
	"slices"

	"github.com/revocheck/revocheck/reference/internal/fault"
)

// Faults lists the faults of this group.
func Faults() []fault.Fault {
	return slices.Concat(userFaults, graceFaults, otherWayFaults, introspectionFaults, refreshFaults, reuseFaults, racingFaults, revokeFaults, logoutAllFaults, streamFaults)
}
