package main

import (
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"github.com/revocheck/revocheck/cmd/revocheck/internal/bench"
	"github.com/revocheck/revocheck/cmd/revocheck/internal/exit"
	"github.com/revocheck/revocheck/cmd/revocheck/internal/help"
	"github.com/revocheck/revocheck/cmd/revocheck/internal/results"
	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/report/schema"
	"github.com/revocheck/revocheck/report/terminal"
	"github.com/revocheck/revocheck/scenarios"
)

func reportCommand() *cobra.Command {
	var f results.Flags
	var only []string
	cmd := &cobra.Command{
		Use:   "report FILE...",
		Short: "Render stored runs again; several are merged into one",
		Long: `Render a run that run --json stored. Several files must be runs of different
scenarios on the same target; they are merged into one run.

The exit code is that of the run.`,
		Args: help.Arguments("FILE..."),
		RunE: func(cmd *cobra.Command, files []string) error {
			outs, err := f.Open(cmd, files...)
			if err != nil {
				return err
			}
			if len(files) == 1 {
				outs.Stored = files[0]
			}
			if len(only) > 0 {
				run, err := readRuns(files)
				if err != nil {
					return err
				}
				return outs.Only(run, only)
			}
			return outs.Run(report.Run{Tool: scenarios.Tool()}, func() (report.Run, error) { return readRuns(files) })
		},
	}
	f.Register(cmd.Flags())
	cmd.Flags().StringArrayVar(&only, "only", nil, "show these scenarios in full: those whose ID matches this `pattern` or is in this group (repeatable)")
	cmd.AddCommand(diffCommand(), benchMergeCommand(), schemaCommand(), expectCommand())
	return cmd
}

func diffCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "diff OLD NEW",
		Short: "Show which verdicts changed between two stored runs",
		Long:  "Show which verdicts changed between two runs that run --json stored.\n\nExit codes: 0 nothing got worse, 1 something did.",
		Args:  help.Arguments("OLD NEW"),
		RunE: func(cmd *cobra.Command, files []string) error {
			if asJSON {
				return diffRuns(cmd, files, report.Difference.WriteJSON)
			}
			if handled, err := bench.Diff(cmd.OutOrStdout(), files[0], files[1]); handled || err != nil {
				return err
			}
			return diffRuns(cmd, files, func(d report.Difference, out io.Writer) error {
				return terminal.WriteDiff(out, d, results.TerminalOptions(out))
			})
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "as JSON, of two runs")
	return cmd
}

func schemaCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "schema",
		Short: "Print the JSON Schema of a stored run",
		Long:  "Print the JSON Schema (draft 2020-12) of what run --json writes.",
		Args:  help.Arguments(""),
		RunE: func(cmd *cobra.Command, _ []string) error {
			_, err := io.WriteString(cmd.OutOrStdout(), schema.Run)
			return results.Shown(err)
		},
	}
}

func diffRuns(cmd *cobra.Command, files []string, write func(report.Difference, io.Writer) error) error {
	before, err := readRun(files[0])
	if err != nil {
		return exit.Usage("%w", err)
	}
	after, err := readRun(files[1])
	if err != nil {
		return exit.Usage("%w", err)
	}
	d := report.Diff(before, after)
	if err := results.Shown(write(d, cmd.OutOrStdout())); err != nil {
		return err
	}
	return exit.Verdict(d.ExitCode())
}

func readRuns(files []string) (report.Run, error) {
	var runs []report.Run
	for _, file := range files {
		r, err := readRun(file)
		if err != nil {
			return r, exit.Usage("%w", err)
		}
		runs = append(runs, r)
	}
	if len(runs) == 1 {
		return runs[0], nil
	}
	merged, err := report.Merge(runs...)
	if err != nil {
		return merged, exit.Usage("%w", err)
	}
	return merged, nil
}

func readRun(file string) (report.Run, error) {
	in, err := os.Open(file)
	if err != nil {
		return report.Run{}, err
	}
	defer func() { _ = in.Close() }()
	r, err := report.ReadJSON(in)
	if err != nil {
		return r, fmt.Errorf("%s: %w", file, err)
	}
	return r, nil
}

// benchMergeCommand joins what bench --vegeta wrote on several machines.
func benchMergeCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "merge FILE...",
		Short: "Join the vegeta results of benches on several machines",
		Long: `Join the files that bench --vegeta wrote, on one machine or on several that loaded the
same target at the same time, and show the figures of one load with the sum of their
rates.

Exit codes: 0 no dead token was accepted, 1 one was.`,
		Args: help.Arguments("FILE..."),
		RunE: func(cmd *cobra.Command, files []string) error { return bench.Merge(cmd.OutOrStdout(), files) },
	}
}
