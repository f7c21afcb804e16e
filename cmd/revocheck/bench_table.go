package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/revocheck/revocheck/cmd/revocheck/benchside"
	"github.com/revocheck/revocheck/loadgen"
	"github.com/revocheck/revocheck/reference"
)

type tableFlags struct {
	*benchFlags
	stores []string
}

func tableCommand() *cobra.Command {
	f := &tableFlags{benchFlags: newBenchFlags()}
	cmd := &cobra.Command{
		Use:   "table",
		Short: "Measure every strategy over every store, as a Markdown table",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return f.table(cmd) },
	}
	f.registerGateway(cmd.Flags())
	f.registerLoad(cmd.Flags())
	for _, name := range []string{"strategy", "store"} {
		_ = cmd.Flags().MarkHidden(name) // the table has them all
	}
	cmd.Flags().StringVar(&f.against, "against", "", "the `baseline`: none, verify (default) or a strategy")
	cmd.Flags().StringSliceVar(&f.stores, "stores", []string{"memory", "miniredis", "container"}, "the `stores` to measure")
	return cmd
}

// table measures one row after the other and prints each when it is there.
func (f *tableFlags) table(cmd *cobra.Command) error {
	if err := f.check(cmd); err != nil {
		return err
	}
	out, bad := cmd.OutOrStdout(), false
	fmt.Fprintf(out, "| strategy | store | p50 overhead | of baseline | p99 overhead | A/A control p50 | verdict at p50 | bytes per revocation | answers not as expected |\n")
	fmt.Fprintf(out, "|---|---|---|---|---|---|---|---|---|\n")
	rows := []string{benchside.None}
	for _, s := range reference.Strategies() {
		rows = append(rows, s.Name)
	}
	for _, strategy := range rows {
		for _, store := range storesOf(strategy, f.stores) {
			f.gateway.Strategy, f.gateway.Store = strategy, store
			r, p, err := f.row(cmd)
			if err != nil {
				return unmeasured(fmt.Errorf("%s over %s: %w", strategy, plainStore(store), err))
			}
			bad = bad || writeRow(out, f.gateway, r, p)
		}
	}
	if bad {
		return verdict(1)
	}
	return nil
}

func (f *tableFlags) row(cmd *cobra.Command) (*loadgen.Result, *benchside.Pairing, error) {
	plan, err := f.plan(cmd)
	if err != nil {
		return nil, nil, err
	}
	p, err := f.pairing(cmd.Context(), cmd)
	if err != nil {
		return nil, nil, err
	}
	r, err := loadgen.Bench(cmd.Context(), plan, p.Sides)
	if closing := p.Close(); err == nil {
		err = closing
	}
	return r, p, err
}

// writeRow reports whether the row's answers were not as expected.
func writeRow(w io.Writer, c benchside.Config, r *loadgen.Result, p *benchside.Pairing) bool {
	p50, p99, t := r.Overheads[0], r.Overheads[2], r.Subject.Tally
	bad, each := t.Calls()+t.Unsent-t.Of(loadgen.AsExpect), "-"
	if p.BytesEach > 0 {
		each = fmt.Sprintf("%.0f", p.BytesEach)
	}
	fmt.Fprintf(w, "| %s | %s | %s | %s | %s | %s | %s | %s | %d |\n", c.Strategy, plainStore(c.Store),
		loadgen.Milliseconds(p50.Diff), loadgen.Percentages(p50.Relative), loadgen.Milliseconds(p99.Diff),
		loadgen.Milliseconds(p50.Control), p50.Verdict(), each, bad)
	return bad > 0
}
