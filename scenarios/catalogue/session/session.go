// Package session holds the scenarios about sessions as a whole: all users, and all
// ways in which a session ends.
package session

import "github.com/revocheck/revocheck/scenarios"

// Scenarios are those of the group.
func Scenarios() []scenarios.Scenario {
	return []scenarios.Scenario{
		everyUser, otherWaysToLogOut, graceNotRenewed, refreshAfterLogout, refreshDoesNotRevive, refreshReuse,
		refreshRacingLogout, refreshOfASibling, logoutByRefreshToken, allSessionsAtOnce, introspectionAgrees, introspectionVerifies, streamEnds,
	}
}

// refs that all scenarios of the group have.
var refs = []string{"CWE-613", "OWASP ASVS 5.0 V7.4.1"}
