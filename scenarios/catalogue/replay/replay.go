// Package replay holds the scenarios in which somebody else uses a copy of a
// token that has been logged out. Those without concurrency, samples or
// requests of their own making are the text files beside it.
package replay

import "github.com/revocheck/revocheck/scenarios"

// Scenarios are those of the group that are written in Go.
func Scenarios() []scenarios.Scenario {
	return []scenarios.Scenario{
		hammered, everyRouteAndMethod, http2, requestForm, requestHeaders, carrierSwap, methodOverride, pathVariants,
		nextToALiveToken, backendBypass, noSideEffect, loginExchange, openRoute,
	}
}
