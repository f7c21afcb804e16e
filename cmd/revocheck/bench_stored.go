package main

import (
	"bytes"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"github.com/revocheck/revocheck/loadgen"
)

// benchMergeCommand joins what bench --vegeta wrote on several machines.
func benchMergeCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "merge FILE...",
		Short: "Join the vegeta results of benches on several machines",
		Long: `Join the files that bench --vegeta wrote, on one machine or on several that loaded the
same target at the same time, and show the figures of one load with the sum of their
rates.

Exit codes: 0 no dead token was accepted, 1 one was.`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, files []string) error { return mergeStreams(cmd.OutOrStdout(), files) },
	}
}

func mergeStreams(w io.Writer, files []string) error {
	var streams []io.Reader
	for _, name := range files {
		file, err := os.Open(name)
		if err != nil {
			return usage("%w", err)
		}
		defer func() { _ = file.Close() }()
		streams = append(streams, file)
	}
	merged, err := loadgen.Merge(streams...)
	if err != nil {
		return usage("%w (the files in the order given: %v)", err, files)
	}
	if err := merged.WriteText(w); err != nil {
		return &exitError{exitBroken, err}
	}
	for _, s := range merged.Sides {
		if s.Tally.Of(loadgen.Leak)+s.Tally.Of(loadgen.Lapse) > 0 {
			return verdict(1)
		}
	}
	return nil
}

// diffBenches compares two stored benches. Handled is false when neither file
// holds one, so that they are somebody else's to compare.
func diffBenches(w io.Writer, before, after string) (handled bool, err error) {
	var results [2]*loadgen.Result
	for i, name := range []string{before, after} {
		stored, err := os.ReadFile(name)
		if err != nil {
			return false, usage("%w", err)
		}
		if !loadgen.IsResult(stored) {
			continue
		}
		if results[i], err = loadgen.ReadResult(bytes.NewReader(stored)); err != nil {
			return true, usage("%s: %w", name, err)
		}
	}
	switch {
	case results[0] == nil && results[1] == nil:
		return false, nil
	case results[0] == nil || results[1] == nil:
		return true, usage("only one of %s and %s is a bench; two of a kind can be compared", before, after)
	}
	return true, showDiff(w, results[0], results[1])
}

func showDiff(w io.Writer, before, after *loadgen.Result) error {
	d, err := loadgen.Diff(before, after)
	if err != nil {
		return usage("%w", err)
	}
	if err := d.WriteText(w); err != nil {
		return &exitError{exitBroken, fmt.Errorf("writing the difference: %w", err)}
	}
	if d.Worse() {
		return verdict(1)
	}
	return nil
}
