// Package isolation holds the scenarios about whom a logout must leave alone.
// Those without samples are the text files beside it.
package isolation

import "github.com/revocheck/revocheck/scenarios"

// Scenarios are those of the group that are written in Go.
func Scenarios() []scenarios.Scenario {
	return []scenarios.Scenario{noOverBlock, sameSecondLoginsDistinct, logoutNamingAnother, logoutByNobody, oddJTI, otherClaims, allSessionsEnded}
}
