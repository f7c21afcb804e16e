// Package scenariotest plays scenarios for the tests of this module on real
// clocks, where a machine that stands still for a second may come too late to
// decide anything.
package scenariotest

import (
	"context"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

// tries is how often what was not decided is played in all.
const tries = 3

// Decided plays scenarios and gives their records by ID. Those that were not
// decided are played again; a verdict is never asked for twice.
func Decided(ctx context.Context, target scenarios.Target, all []scenarios.Scenario, o scenarios.Options) (map[string]report.Record, error) {
	records := map[string]report.Record{}
	for range tries {
		run, err := scenarios.Run(ctx, target, all, o)
		if err != nil {
			return nil, err
		}
		var open []string
		for _, r := range run.Records {
			records[r.ID] = r
			if r.Verdict == report.Inconclusive {
				open = append(open, r.ID)
			}
		}
		if len(open) == 0 {
			break
		}
		o.Only = open
	}
	return records, nil
}
