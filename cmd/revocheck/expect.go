package main

import (
	"io"
	"time"

	"github.com/spf13/cobra"

	"github.com/revocheck/revocheck/cmd/revocheck/internal/exit"
	"github.com/revocheck/revocheck/cmd/revocheck/internal/expect"
	"github.com/revocheck/revocheck/cmd/revocheck/internal/help"
	"github.com/revocheck/revocheck/cmd/revocheck/internal/results"
)

// expectCommand writes down the failures of a run as known.
func expectCommand() *cobra.Command {
	var reason, until, output string
	var byScenario bool
	cmd := &cobra.Command{
		Use:   "expect RUN",
		Short: "Write a file that expects the failures of a stored run",
		Long: `Write the failures of a run that run --json stored as a file for run --expect: an
entry a cause, or a scenario. Until the day that is given they do not fail a run.`,
		Example: `  revocheck report expect run.json --reason "mended with release 9" --until 2027-03-31 --output known.yaml
  revocheck run --target gateway.yaml --expect known.yaml`,
		Args: help.Arguments("RUN"),
		RunE: func(cmd *cobra.Command, files []string) error {
			if _, err := time.Parse(time.DateOnly, until); err != nil {
				return exit.Usage("--until %q is no date: write one such as 2027-03-31", until)
			}
			run, err := readRun(files[0])
			if err != nil {
				return exit.Usage("%w", err)
			}
			out := results.Files{Stdout: cmd.OutOrStdout()}
			out.Add("output", output)
			if err := out.Check(files[0]); err != nil {
				return err
			}
			return results.Shown(out.Write("output", func(w io.Writer) error {
				return expect.Write(w, run.AsStored(), byScenario, reason, until)
			}))
		},
	}
	cmd.Flags().StringVar(&reason, "reason", "", "why the failures are known")
	cmd.Flags().StringVar(&until, "until", "", "the last day on which they are expected, as 2027-03-31")
	cmd.Flags().StringVar(&output, "output", "-", "the `FILE`, - for standard output")
	cmd.Flags().BoolVar(&byScenario, "by-scenario", false, "an entry a scenario, which holds where causes come and go")
	_ = cmd.MarkFlagRequired("reason")
	_ = cmd.MarkFlagRequired("until")
	return cmd
}
