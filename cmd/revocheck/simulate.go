package main

import (
	"github.com/spf13/cobra"

	"github.com/revocheck/revocheck/cmd/revocheck/internal/simulate"
)

func simulateCommand() *cobra.Command {
	f := &simulate.Flags{}
	cmd := &cobra.Command{
		Use:   "simulate [WORKLOAD]",
		Short: "Play a day of many users in virtual time: what does each strategy mean at our size?",
		Long: `Play users, thieves, regions and stores in virtual time, under every strategy that the
workload lists: how long a stolen token works after its logout, what leaks, what is
held and what the store is asked for. The strategies decide by the gateway's own code;
the rest is a model. The workload is a YAML file, or one of those that --list names.
The same seed gives the same result.

Exit codes: 0 the simulation was made, whatever it shows; 2 usage, or a workload that
cannot be used; 4 it was interrupted, and shows what was finished.`,
		Example: `  revocheck simulate --list
  revocheck simulate office
  revocheck simulate workload.yaml --replications 30 --seed 7`,
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error { return f.Run(cmd, args) },
	}
	f.Register(cmd)
	return cmd
}
