package main

import (
	"github.com/spf13/cobra"

	"github.com/revocheck/revocheck/cmd/revocheck/internal/run"
)

func runCommand() *cobra.Command {
	return working(&run.Command{}, &cobra.Command{
		Use:   "run",
		Short: "Run the conformance suite",
		Long: `Run the conformance suite against the gateway that a target file describes or,
without one, against the reference gateway in process.`,
		Example: `  revocheck run
  revocheck run --strategy client-side
  revocheck run --target gateway.yaml --junit revocheck.xml
  revocheck run --only 'replay/*' --only lifecycle`,
	})
}
