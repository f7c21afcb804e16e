package main

import (
	"github.com/spf13/cobra"

	"github.com/revocheck/revocheck/cmd/revocheck/internal/health"
)

func healthcheckCommand() *cobra.Command {
	return working(&health.Command{}, &cobra.Command{
		Use:   "healthcheck",
		Short: "Ask a reference gateway whether it is up",
		Long: `Ask a gateway that revocheck serve runs whether it is up, for a container that has
no other program in it. Exit code 0 if it answers /healthz with 200, 3 if not.`,
		Example: `  revocheck healthcheck
  revocheck healthcheck --url http://127.0.0.1:8081`,
	})
}
