package bench

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"github.com/revocheck/revocheck/cmd/revocheck/internal/bench/sides"

	"github.com/revocheck/revocheck/cmd/revocheck/internal/exit"
	"github.com/revocheck/revocheck/cmd/revocheck/internal/stores"
	"github.com/revocheck/revocheck/loadgen/stats"
	"github.com/revocheck/revocheck/report"
)

// comparedPopulation is how many tokens are revoked before a strategy is measured for
// a comparison: enough for the memory of one to be told.
const comparedPopulation = 10_000

// Overhead measures for so long what a strategy's check adds to verification alone,
// in a store of this machine, and what the store keeps of a revoked token.
func Overhead(cmd *cobra.Command, strategy string, d time.Duration) ([]report.Number, error) {
	var t Table
	own := &cobra.Command{}
	own.SetErr(io.Discard)
	own.SetContext(cmd.Context())
	t.Register(own) // for the defaults
	t.gateway.Strategy, t.gateway.Store = strategy, storesOf(strategy, []string{"memory"})[0]
	t.load.Duration, t.tokens.Population = d, rowPopulation(strategy, t.gateway.Store, comparedPopulation)
	if err := t.check(own); err != nil {
		return nil, err
	}
	r, p, err := t.row(own, func(ctx context.Context) (*sides.Pairing, error) { return t.pairing(ctx, own) })
	if err != nil {
		return nil, exit.Broken(err)
	}
	p50 := r.Overheads[0]
	note := p50.Verdict()
	if p50.Diff.Valid() {
		note = fmt.Sprintf("95 %% interval %s to %s, %s", stats.MsText(p50.Diff.Lo), stats.MsText(p50.Diff.Hi), note)
	}
	numbers := []report.Number{{Name: "overhead p50", Value: p50.Diff.Point, Unit: "ms", Note: note + "; store " + stores.Name(t.gateway.Store)}}
	if p.BytesEach > 0 {
		numbers = append(numbers, report.Number{Name: "a revoked token", Value: p.BytesEach, Unit: "B"})
	}
	return numbers, nil
}
