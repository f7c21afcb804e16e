// Package lifecycle holds the scenarios about a token's ordinary life: login,
// call, logout. Those without concurrency are the text files beside it.
package lifecycle

import "github.com/revocheck/revocheck/scenarios"

// Scenarios are those of the group that are written in Go.
func Scenarios() []scenarios.Scenario {
	return []scenarios.Scenario{loginIssuesToken, inFlightCallAtLogout, logoutAsSent, nothingRevives, noTokenByAnyMethod, checkRuns}
}
