package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/revocheck/revocheck/cmd/revocheck/benchside"
	"github.com/revocheck/revocheck/loadgen"
)

func saturateCommand() *cobra.Command {
	f, s, file := newBenchFlags(), &loadgen.Search{}, ""
	cmd := &cobra.Command{
		Use:   "saturate",
		Short: "Look for the highest rate at which p99 stays under a bound",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return f.saturate(cmd, *s, file) },
	}
	f.registerGateway(cmd.Flags())
	f.registerLoad(cmd.Flags())
	flags := cmd.Flags()
	flags.StringVar(&f.target, "target", "", "target `FILE` of a gateway to load instead of the reference gateway")
	flags.Float64Var(&s.From, "from", 100, "first rate, in calls a second")
	flags.Float64Var(&s.To, "to", 50_000, "last rate")
	flags.DurationVar(&s.MaxP99, "max-p99", 0, "the bound on p99, from the due time (default 20ms)")
	flags.DurationVar(&s.Probe, "probe", 0, "how long each rate is held (default 3s)")
	flags.StringVar(&file, "json", "", "write the search as JSON to this `FILE`, - for standard output")
	return cmd
}

func (f *benchFlags) saturate(cmd *cobra.Command, s loadgen.Search, file string) error {
	if err := f.check(cmd); err != nil {
		return err
	}
	plan, err := f.plan(cmd)
	if err != nil {
		return err
	}
	p, err := f.pairing(cmd.Context(), cmd)
	if err != nil {
		return unmeasured(err)
	}
	found, err := loadgen.Saturate(cmd.Context(), plan, s, p.Subject)
	if err := errors.Join(err, p.Close()); err != nil {
		return unmeasured(err)
	}
	screen := cmd.OutOrStdout()
	if file == "-" {
		screen = cmd.ErrOrStderr()
	}
	printSaturation(screen, found, p.Shared)
	return writeTo(cmd.OutOrStdout(), file, func(w io.Writer) error { return json.NewEncoder(w).Encode(found) })
}

func printSaturation(w io.Writer, s *loadgen.Saturation, shared bool) {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "rate\tsent\tp99\tlate by itself\t")
	for _, p := range s.Probes {
		fmt.Fprintf(t, "%.0f/s\t%.0f/s\t%.2fms\t%.1f%%\t%s\n", p.Rate, p.Sent, p.P99Ms, 100*p.Late, p.Why)
	}
	_ = t.Flush()
	switch {
	case s.Rate == 0:
		fmt.Fprintf(w, "%s does not hold even the first rate: %s\n", s.Side, s.Limit)
	case s.AtCeiling:
		fmt.Fprintf(w, "%s holds %.0f calls a second, the highest rate that was tried\n", s.Side, s.Rate)
	default:
		fmt.Fprintf(w, "%s holds %.0f calls a second with p99 under %.0f ms; above it: %s\n", s.Side, s.Rate, s.MaxP99, s.Limit)
	}
	if shared {
		fmt.Fprintln(w, "the generator shares the processors with the gateway: alone, the gateway would hold more")
	}
}

type sweepFlags struct {
	*benchFlags
	populations, replicas []int
	json, svg             string
}

func sweepCommand() *cobra.Command {
	f := &sweepFlags{benchFlags: newBenchFlags()}
	cmd := &cobra.Command{
		Use:   "sweep",
		Short: "Measure the cost against the revoked population, or against the replicas",
		Example: `  revocheck bench sweep --store container --populations 0,1000,100000,1000000,10000000
  revocheck bench sweep --store container --over-replicas 1,2,4`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return f.sweep(cmd) },
	}
	f.registerGateway(cmd.Flags())
	f.registerLoad(cmd.Flags())
	flags := cmd.Flags()
	flags.StringVar(&f.against, "against", "", "the `baseline`: none, verify (default) or a strategy")
	flags.BoolVar(&f.allowPartial, "allow-partial", false, "exit 0 when a point is unreliable")
	flags.IntSliceVar(&f.populations, "populations", nil, "revoked tokens in the store, one bench each")
	flags.IntSliceVar(&f.replicas, "over-replicas", nil, "replicas of the gateway, one bench each")
	flags.StringVar(&f.json, "json", "", "write the sweep as JSON to this `FILE`, - for standard output")
	flags.StringVar(&f.svg, "svg", "", "write the plot into this `DIRECTORY`: cost.svg")
	cmd.MarkFlagsOneRequired("populations", "over-replicas")
	cmd.MarkFlagsMutuallyExclusive("populations", "over-replicas")
	return cmd
}

func (f *sweepFlags) sweep(cmd *cobra.Command) error {
	of, values, field := "revoked tokens", f.populations, &f.tokens.Population
	if f.replicas != nil {
		of, values, field = "replicas", f.replicas, &f.gateway.Replicas
	}
	for _, v := range values {
		*field = v
		if err := f.check(cmd); err != nil {
			return err
		}
	}
	plan, err := f.plan(cmd)
	if err != nil {
		return err
	}
	sweep, err := loadgen.RunSweep(cmd.Context(), plan, of, values,
		func(ctx context.Context, x int) (loadgen.Sides, float64, func(), error) {
			*field = x
			p, err := f.pairing(ctx, cmd)
			if err != nil {
				return loadgen.Sides{}, 0, nil, err
			}
			return p.Sides, p.BytesEach, func() { _ = p.Close() }, nil
		})
	return f.writeSweep(cmd, sweep, err)
}

// writeSweep shows the points that were done, whatever ended the sweep.
func (f *sweepFlags) writeSweep(cmd *cobra.Command, s *loadgen.Sweep, err error) error {
	screen := cmd.OutOrStdout()
	if f.json == "-" {
		screen = cmd.ErrOrStderr()
	}
	written := errors.Join(s.WriteText(screen), writeTo(cmd.OutOrStdout(), f.json, s.WriteJSON),
		plots(f.svg, map[string]func(io.Writer) error{"cost.svg": s.Plot}))
	if err := errors.Join(err, written); err != nil {
		return unmeasured(err)
	}
	for _, p := range s.Points {
		if p.Bad > 0 {
			return verdict(1)
		}
	}
	for _, p := range s.Points {
		if !p.Reliable && !f.allowPartial {
			return &exitError{exitPartial, fmt.Errorf("partial: the figures at %.0f %s are unreliable: measure for longer", p.X, s.Of)}
		}
	}
	return nil
}

// storesOf lists the stores that a strategy can use, of those asked for.
func storesOf(strategy string, stores []string) []string {
	switch strategy {
	case benchside.None, benchside.Verify, "client-side", "short-expiry":
		return []string{"memory"}
	case benchside.Counter:
		return []string{policyStore}
	case "server-store": // its rows are in a database
		return []string{"sqlite"}
	}
	return append([]string(nil), stores...)
}

// policyStore is what a service that runs policies keeps its revocations in.
const policyStore = "policy counters"

// plainStore names a store without what its URL may hold.
func plainStore(store string) string {
	kind, _, _ := strings.Cut(store, ":")
	return kind
}
