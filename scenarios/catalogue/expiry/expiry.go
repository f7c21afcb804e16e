// Package expiry holds the scenarios about a token's own end. Those without
// tokens of an odd make are the text files beside it.
package expiry

import "github.com/revocheck/revocheck/scenarios"

// Scenarios are those of the group that are written in Go.
func Scenarios() []scenarios.Scenario { return []scenarios.Scenario{expiredRefused, oddExp, iatFuture} }
