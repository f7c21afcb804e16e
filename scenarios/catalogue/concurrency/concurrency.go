// Package concurrency holds the scenarios in which many tokens, or many
// clients, meet.
package concurrency

import "github.com/revocheck/revocheck/scenarios"

// Scenarios are those of the group.
func Scenarios() []scenarios.Scenario {
	return []scenarios.Scenario{
		burstAfterLogout, leakWindow, linearizableLogout, logoutStorm, propagationTime, simultaneousLogouts,
		twoUsersAtOnce,
	}
}
