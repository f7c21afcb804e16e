// Package resilience holds the scenarios in which something happens to the
// store that the target keeps its revocations in. Those without counting are
// the text files beside it.
package resilience

import "github.com/revocheck/revocheck/scenarios"

// Scenarios are those of the group that are written in Go.
func Scenarios() []scenarios.Scenario {
	return []scenarios.Scenario{
		connectionReset, storeBack, storeDownOpen, storeEvicts, storeFailover, storePartition, storeRestartWith, storeRestartWithout,
		storeSlow,
	}
}
