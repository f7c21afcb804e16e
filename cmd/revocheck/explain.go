package main

import (
	"github.com/spf13/cobra"

	"github.com/revocheck/revocheck/cmd/revocheck/internal/complete"
	"github.com/revocheck/revocheck/cmd/revocheck/internal/explain"
	"github.com/revocheck/revocheck/cmd/revocheck/internal/help"
)

func explainCommand() *cobra.Command {
	f := &explain.Command{}
	cmd := &cobra.Command{
		Use:   "explain SCENARIO",
		Short: "Say what a scenario requires, sends and finds",
		Long: `Say what a scenario requires and by which references, which steps it would send to
the gateway of a target file or, without one, to the reference gateway, and which
of the planted faults it finds. Nothing is sent.`,
		Example: `  revocheck explain replay/after-logout
  revocheck explain retention/past-60s --target gateway.yaml`,
		Args: help.Arguments("SCENARIO"),
		RunE: func(cmd *cobra.Command, args []string) error { return f.Run(cmd, args[0]) },
	}
	cmd.ValidArgsFunction = complete.Arguments
	f.Register(cmd)
	return cmd
}
