package bench

import (
	"bytes"
	"io"
	"os"

	"github.com/revocheck/revocheck/cmd/revocheck/internal/exit"
	"github.com/revocheck/revocheck/cmd/revocheck/internal/results"
	"github.com/revocheck/revocheck/loadgen"
	"github.com/revocheck/revocheck/loadgen/stored"
)

// Merge shows the figures of streams that several machines stored, as one.
func Merge(w io.Writer, files []string) error {
	var streams []io.Reader
	for _, name := range files {
		file, err := os.Open(name)
		if err != nil {
			return exit.Usage("%w", err)
		}
		defer func() { _ = file.Close() }()
		streams = append(streams, file)
	}
	merged, err := stored.Merge(streams...)
	if err != nil {
		return exit.Usage("%w (the files in the order given: %v)", err, files)
	}
	if err := results.Shown(merged.WriteText(w)); err != nil {
		return err
	}
	for _, s := range merged.Sides {
		if s.Tally.Of(loadgen.Leak)+s.Tally.Of(loadgen.Lapse) > 0 {
			return exit.Verdict(1)
		}
	}
	return nil
}

// Diff compares two stored benches. Handled is false when neither file
// holds one, so that they are somebody else's to compare.
func Diff(w io.Writer, before, after string) (handled bool, err error) {
	var found [2]*loadgen.Result
	for i, name := range []string{before, after} {
		content, err := os.ReadFile(name)
		if err != nil {
			return false, exit.Usage("%w", err)
		}
		if why := results.WhyEnded(content); why != "" {
			return true, exit.Usage("%s holds no result: %s", name, why)
		}
		if !stored.IsBench(content) {
			continue
		}
		if found[i], err = stored.Read(bytes.NewReader(content)); err != nil {
			return true, exit.Usage("%s: %w", name, err)
		}
	}
	switch {
	case found[0] == nil && found[1] == nil:
		return false, nil
	case found[0] == nil || found[1] == nil:
		return true, exit.Usage("only one of %s and %s is a bench; two of a kind can be compared", before, after)
	}
	return true, showDiff(w, found[0], found[1])
}

func showDiff(w io.Writer, before, after *loadgen.Result) error {
	d, err := stored.Diff(before, after)
	if err != nil {
		return exit.Usage("%w", err)
	}
	if err := results.Shown(d.WriteText(w)); err != nil {
		return err
	}
	if d.Worse() {
		return exit.Verdict(1)
	}
	return nil
}
