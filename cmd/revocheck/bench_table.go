package main

import (
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/revocheck/revocheck/cmd/revocheck/benchside"
	"github.com/revocheck/revocheck/loadgen"
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
		Long: `Measure every strategy over every store that it can use, one bench a row, and write a
Markdown table to standard output, each row when it is there. A row that cannot be
measured says why, and the others go on.

Exit codes: 0 every row was measured; 1 a row had answers not as expected; 2 usage;
4 rows are missing or unreliable (0 with --allow-partial).`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return f.table(cmd) },
	}
	f.registerGateway(cmd.Flags())
	f.registerLoad(cmd.Flags())
	for _, name := range []string{"strategy", "store"} {
		_ = cmd.Flags().MarkHidden(name) // the table has them all
	}
	cmd.Flags().StringVar(&f.against, "against", "", "the `baseline`: none, verify (default) or a strategy")
	cmd.Flags().StringSliceVar(&f.stores, "stores", []string{"memory", "miniredis", "sqlite", "container"}, "the `stores` to measure")
	cmd.Flags().BoolVar(&f.allowPartial, "allow-partial", false, "exit 0 when rows are missing or unreliable")
	return cmd
}

// The most that is preloaded where more would not be a measurement: miniredis
// walks all of its keys whenever its clock moves, and the counters of policies
// end after a minute.
const (
	mostInMiniredis = 1_000
	mostInCounters  = 20_000
)

// rowPopulation is the population asked for, or what the store can take.
func rowPopulation(strategy, store string, asked int) int {
	switch {
	case strategy == benchside.None || strategy == "client-side" || strategy == "short-expiry":
		return 0
	case benchside.Policies(strategy):
		return min(asked, mostInCounters)
	case store == "miniredis":
		return min(asked, mostInMiniredis)
	}
	return asked
}

// table measures one row after the other and prints each when it is there.
func (f *tableFlags) table(cmd *cobra.Command) error {
	if err := f.check(cmd); err != nil {
		return err
	}
	if _, err := f.plan(cmd); err != nil {
		return err
	}
	out, asked := cmd.OutOrStdout(), f.tokens.Population
	writeHead(out, f)
	rows := []string{benchside.None}
	for _, s := range strategies() {
		rows = append(rows, s.Name)
	}
	var bad, missing int
	for _, strategy := range rows {
		for _, store := range storesOf(strategy, f.stores) {
			if cmd.Context().Err() != nil {
				return &exitError{exitPartial, errors.New("partial: interrupted; the rows above are whole")}
			}
			f.gateway.Strategy, f.gateway.Store = strategy, store
			f.tokens.Population = rowPopulation(strategy, store, asked)
			r, p, err := f.row(cmd)
			if err != nil {
				missing++
				writeMissing(out, strategy, store, f.tokens.Population, err)
				continue
			}
			bad += writeRow(out, f.benchFlags, r, p)
			if !r.Reliable {
				missing++
			}
		}
	}
	return f.concludeTable(bad, missing)
}

func (f *tableFlags) concludeTable(bad, missing int) error {
	switch {
	case bad > 0:
		return verdict(1)
	case missing > 0 && !f.allowPartial:
		return &exitError{exitPartial, fmt.Errorf("partial: %d rows are missing or unreliable", missing)}
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

func writeHead(w io.Writer, f *tableFlags) {
	fmt.Fprintf(w, "%s calls a second, %s a row, 95 %% intervals, overhead over `%s`; generator, gateways and stores on one machine with %d processors (%s/%s, %s), %s.\n\n",
		f.rate, f.load.Duration, f.against, runtime.NumCPU(), runtime.GOOS, runtime.GOARCH, runtime.Version(), time.Now().UTC().Format(time.DateOnly))
	fmt.Fprintln(w, "| strategy | store | revoked | p50 overhead | of baseline | p90 overhead | p99 overhead | A/A control p50 | verdict at p50 | bytes per revocation | not as expected |")
	fmt.Fprintln(w, "|---|---|---:|---|---|---|---|---|---|---:|---:|")
}

// rowName is a strategy as the table has it.
func rowName(strategy string) string {
	if strategy == benchside.None {
		return "no-auth"
	}
	return strategy
}

func writeMissing(w io.Writer, strategy, store string, population int, err error) {
	why := strings.NewReplacer("|", "/", "\n", " ").Replace(err.Error())
	fmt.Fprintf(w, "| %s | %s | %d | not measured: %s | | | | | | | |\n", rowName(strategy), plainStore(store), population, why)
}

// writeRow returns how many of the row's answers were not as expected.
func writeRow(w io.Writer, f *benchFlags, r *loadgen.Result, p *benchside.Pairing) int {
	p50, p90, p99, t := r.Overheads[0], r.Overheads[1], r.Overheads[2], r.Subject.Tally
	bad, each, said := t.Calls()+t.Unsent-t.Of(loadgen.AsExpect), "-", p50.Verdict()
	if p.BytesEach > 0 {
		each = fmt.Sprintf("%.0f", p.BytesEach)
	}
	if !r.Reliable {
		said += fmt.Sprintf(" (unreliable: %d of %d pairs dropped)", r.Dropped, len(r.Pairs))
	}
	fmt.Fprintf(w, "| %s | %s | %d | %s | %s | %s | %s | %s | %s | %s | %d |\n", rowName(f.gateway.Strategy), plainStore(f.gateway.Store), f.tokens.Population,
		loadgen.Milliseconds(p50.Diff), loadgen.Percentages(p50.Relative), loadgen.Milliseconds(p90.Diff), loadgen.Milliseconds(p99.Diff),
		loadgen.Milliseconds(p50.Control), said, each, bad)
	return int(bad)
}
