package bench

import (
	"context"
	"fmt"
	"io"
	"runtime"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/revocheck/revocheck/cmd/revocheck/internal/bench/sides"
	"github.com/revocheck/revocheck/cmd/revocheck/internal/exit"
	"github.com/revocheck/revocheck/cmd/revocheck/internal/stores"
	"github.com/revocheck/revocheck/cmd/revocheck/internal/subject"
	"github.com/revocheck/revocheck/loadgen"
	"github.com/revocheck/revocheck/loadgen/stats"
)

// Table is bench table and its flags.
type Table struct {
	Flags
	stores []string
}

// Register defines the flags.
func (f *Table) Register(cmd *cobra.Command) {
	f.registerGateway(cmd.Flags())
	f.registerLoad(cmd.Flags())
	for _, name := range []string{"strategy", "store"} {
		_ = cmd.Flags().MarkHidden(name) // the table has them all
	}
	cmd.Flags().StringVar(&f.against, "against", "", "the `baseline`: none, verify (default) or a strategy")
	cmd.Flags().StringSliceVar(&f.stores, "stores", []string{"memory", "miniredis", "sqlite", "container"}, "the `stores` to measure")
	cmd.Flags().BoolVar(&f.allowPartial, "allow-partial", false, "exit 0 when rows are missing or unreliable")
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
	case strategy == sides.None || strategy == "client-side" || strategy == "short-expiry":
		return 0
	case sides.Policies(strategy):
		return min(asked, mostInCounters)
	case store == "miniredis":
		return min(asked, mostInMiniredis)
	}
	return asked
}

// Run measures one row after the other and prints each when it is there.
func (f *Table) Run(cmd *cobra.Command) error {
	if err := f.check(cmd); err != nil {
		return err
	}
	for _, store := range f.stores {
		if _, err := readStore(store); err != nil {
			return err
		}
	}
	if _, err := f.plan(cmd); err != nil {
		return err
	}
	out, asked := cmd.OutOrStdout(), f.tokens.Population
	writeHead(out, f)
	rows := []string{sides.None}
	for _, s := range subject.Strategies() {
		rows = append(rows, s.Name)
	}
	var bad, missing int
	for _, strategy := range rows {
		for _, store := range storesOf(strategy, f.stores) {
			if cmd.Context().Err() != nil {
				return exit.Partial("partial: interrupted; the rows above are whole")
			}
			f.gateway.Strategy, f.gateway.Store = strategy, store
			f.tokens.Population = rowPopulation(strategy, store, asked)
			r, p, err := f.row(cmd, func(ctx context.Context) (*sides.Pairing, error) { return f.pairing(ctx, cmd) })
			if err != nil {
				missing++
				writeMissing(out, rowName(strategy), stores.Name(store), f.tokens.Population, err)
				continue
			}
			bad += writeRow(out, rowName(strategy), stores.Name(store), f.tokens.Population, r, p)
			if !r.Reliable {
				missing++
			}
		}
	}
	f.tokens.Population = asked
	worse, absent, err := f.beside(cmd)
	if err != nil {
		return err
	}
	return f.concludeTable(bad+worse, missing+absent)
}

func (f *Table) concludeTable(bad, missing int) error {
	switch {
	case bad > 0:
		return exit.Verdict(1)
	case missing > 0 && !f.allowPartial:
		return exit.Partial("partial: %d rows are missing or unreliable", missing)
	}
	return nil
}

// row measures what open starts.
func (f *Table) row(cmd *cobra.Command, open func(context.Context) (*sides.Pairing, error)) (*loadgen.Result, *sides.Pairing, error) {
	plan, err := f.plan(cmd)
	if err != nil {
		return nil, nil, err
	}
	p, err := open(cmd.Context())
	if err != nil {
		return nil, nil, err
	}
	r, err := loadgen.Bench(cmd.Context(), plan, p.Sides)
	if closing := p.Close(); err == nil {
		err = closing
	}
	return r, p, err
}

func writeHead(w io.Writer, f *Table) {
	fmt.Fprintf(w, "%s calls a second, %s a row, 95 %% intervals, overhead over `%s`; generator, gateways and stores on one machine with %d processors (%s/%s, %s), %s.\n\n",
		f.rate, f.load.Duration, f.against, runtime.NumCPU(), runtime.GOOS, runtime.GOARCH, runtime.Version(), time.Now().UTC().Format(time.DateOnly))
	writeColumns(w)
}

func writeColumns(w io.Writer) {
	fmt.Fprintln(w, "| strategy | store | revoked | p50 overhead | of baseline | p90 overhead | p99 overhead | A/A control p50 | verdict at p50 | bytes per revocation | not as expected |")
	fmt.Fprintln(w, "|---|---|---:|---|---|---|---|---|---|---:|---:|")
}

// rowName is a strategy as the table has it.
func rowName(strategy string) string {
	if strategy == sides.None {
		return "no-auth"
	}
	return strategy
}

func writeMissing(w io.Writer, strategy, store string, population int, err error) {
	why := strings.NewReplacer("|", "/", "\n", " ").Replace(err.Error())
	fmt.Fprintf(w, "| %s | %s | %d | not measured: %s | | | | | | | |\n", strategy, store, population, why)
}

// writeRow returns how many of the row's answers were not as expected.
func writeRow(w io.Writer, strategy, store string, population int, r *loadgen.Result, p *sides.Pairing) int {
	p50, p90, p99, t := r.Overheads[0], r.Overheads[1], r.Overheads[2], r.Subject.Tally
	bad, each, said := t.Calls()+t.Unsent-t.Of(loadgen.AsExpect), "-", p50.Verdict()
	if p.BytesEach > 0 {
		each = fmt.Sprintf("%.0f", p.BytesEach)
	}
	if !r.Reliable {
		said += fmt.Sprintf(" (unreliable: %d of %d pairs dropped)", r.Dropped, len(r.Pairs))
	}
	fmt.Fprintf(w, "| %s | %s | %d | %s | %s | %s | %s | %s | %s | %s | %d |\n", strategy, store, population,
		stats.Milliseconds(p50.Diff), stats.Percentages(p50.Relative), stats.Milliseconds(p90.Diff), stats.Milliseconds(p99.Diff),
		stats.Milliseconds(p50.Control), said, each, bad)
	return int(bad)
}

// storesOf lists the stores that a strategy can use, of those asked for.
func storesOf(strategy string, stores []string) []string {
	switch strategy {
	case sides.None, sides.Verify, "client-side", "short-expiry":
		return []string{"memory"}
	case sides.Counter:
		return []string{policyStore}
	case "server-store": // its rows are in a database
		return []string{"sqlite"}
	}
	return append([]string(nil), stores...)
}

// policyStore is what a service that runs policies keeps its revocations in.
const policyStore = "policy counters"
