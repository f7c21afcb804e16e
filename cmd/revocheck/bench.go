package main

import (
	"github.com/spf13/cobra"

	"github.com/revocheck/revocheck/cmd/revocheck/internal/bench"
	"github.com/revocheck/revocheck/cmd/revocheck/internal/help"
)

func benchCommand() *cobra.Command {
	cmd := working(&bench.Flags{}, &cobra.Command{
		Use:   "bench",
		Short: "Measure what the revocation check costs",
		Long: `Measure the latency that the revocation check adds, in short slices of baseline,
subject and a second baseline (the A/A control) that alternate in random order.

Without --target the reference gateway is measured, each side in a process of its
own: --strategy against --against verify (the token is verified, nothing is looked
up), none (an open route) or another strategy. With --target the same gateway is
called with live tokens and --against open (its open route), or with revoked tokens
and --against live, or another target file is the baseline.

Latency is counted from the moment at which a call was due, not from when it was
sent. An overhead whose interval covers zero, or which two equal sides show as
well, is reported as not distinguishable.

Exit codes: 0 the limits hold; 1 a limit is broken, or a leak; 2 usage; 3 a target is
unreachable, or the harness broke; 4 partial (0 with --allow-partial): the run was
interrupted, is unreliable, says nothing about a limit, or did not reach --precision.`,
		Example: `  revocheck bench
  revocheck bench --strategy denylist --store redis://127.0.0.1:6379 --population 1000000
  revocheck bench --precision 2% --duration 5m --max-overhead p50=5% --max-p99 20ms
  revocheck bench --target gateway.yaml --against live --rate 50 --duration 10m`,
	})
	cmd.AddCommand(saturateCommand(), sweepCommand(), tableCommand(), gatewayCommand())
	help.InGroups(cmd, benchGroups...)
	return cmd
}

// benchGroups are the flags by what they are about.
var benchGroups = []help.Group{
	{Title: "What is measured", Names: []string{"target", "strategy", "against", "store", "alg", "replicas", "fault", "plant-delay", "in-process"}},
	{Title: "The tokens", Names: []string{"tokens", "users", "population", "mix"}},
	{Title: "The load", Names: []string{"rate", "duration", "rounds", "precision", "slice", "warm-up", "storm", "seed", "timeout", "max-in-flight", "late", "sequential"}},
	{Title: "Limits", Names: []string{"max-overhead", "max-p*", "max-leaks", "max-over-blocks", "max-faults", "allow-partial"}},
	{Title: "What comes of it", Names: []string{"json", "benchstat", "vegeta", "hdr", "svg", "help"}},
}

func saturateCommand() *cobra.Command {
	return working(&bench.Saturation{}, &cobra.Command{
		Use:   "saturate",
		Short: "Look for the highest rate at which p99 stays under a bound",
	})
}

func sweepCommand() *cobra.Command {
	return working(&bench.Sweep{}, &cobra.Command{
		Use:   "sweep",
		Short: "Measure the cost against the revoked population, or against the replicas",
		Example: `  revocheck bench sweep --store container --populations 0,1000,100000,1000000,10000000
  revocheck bench sweep --store container --over-replicas 1,2,4`,
	})
}

func tableCommand() *cobra.Command {
	return working(&bench.Table{}, &cobra.Command{
		Use:   "table",
		Short: "Measure every strategy over every store, as a Markdown table",
		Long: `Measure every strategy over every store that it can use, one bench a row, and write a
Markdown table to standard output, each row when it is there. A row that cannot be
measured says why, and the others go on.

Exit codes: 0 every row was measured; 1 a row had answers not as expected; 2 usage;
4 rows are missing or unreliable (0 with --allow-partial).`,
	})
}

// gatewayCommand is what the bench starts for each of its gateways.
func gatewayCommand() *cobra.Command {
	return &cobra.Command{
		Use: bench.GatewayCommand[1], Hidden: true, Args: help.Arguments(""),
		RunE: func(cmd *cobra.Command, _ []string) error { return bench.Gateway(cmd) },
	}
}
