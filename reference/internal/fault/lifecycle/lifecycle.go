// Package lifecycle plants faults in login, logout and what must not be
// disturbed by them. The scenarios of scenarios/catalogue/lifecycle are meant
// to find them.
package lifecycle

import (
	"slices"

	"github.com/revocheck/revocheck/reference/internal/fault"
)

// Faults lists the faults of this group.
func Faults() []fault.Fault {
	return slices.Concat(credentialFaults, loginFaults, logoutFaults, secondLogoutFaults, logoutAsSentFaults, revivalFaults, inFlightFaults)
}
