// Package results shows a result on the screen and writes it to files.
package results

import (
	"errors"
	"io"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/revocheck/revocheck/cmd/revocheck/internal/exit"
	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/report/junit"
	"github.com/revocheck/revocheck/report/terminal"
)

// Flags say how a run is shown and where it is written.
type Flags struct {
	json, junit           string
	verbose, allowPartial bool
}

// Register defines the flags.
func (f *Flags) Register(flags *pflag.FlagSet) {
	flags.StringVar(&f.json, "json", "", "write the run as JSON to this `FILE`, - for standard output")
	flags.StringVar(&f.junit, "junit", "", "write the run as JUnit XML to this `FILE`, - for standard output")
	flags.BoolVarP(&f.verbose, "verbose", "v", false, "one line a scenario")
	flags.BoolVar(&f.allowPartial, "allow-partial", false, "exit 0 when the run is partial")
}

// Check sees to it that a run of minutes is not lost to a file that cannot be
// written.
func (f Flags) Check() error {
	if f.json != "" && f.json == f.junit {
		return exit.Usage("--json and --junit cannot both have %s", place(f.json))
	}
	for _, name := range []string{f.json, f.junit} {
		if err := Writable(name); err != nil {
			return exit.Usage("the report cannot be written: %w", err)
		}
	}
	return nil
}

func place(name string) string {
	if name == "-" {
		return "standard output"
	}
	return name
}

// Outputs are the places where a run is shown.
type Outputs struct {
	Flags
	screen, errs io.Writer
	document     io.Writer // has what is written to the file "-"
}

// Outputs of a command. A document on standard output is alone there.
func (f Flags) Outputs(cmd *cobra.Command) Outputs {
	o := Outputs{Flags: f, screen: cmd.OutOrStdout(), errs: cmd.ErrOrStderr(), document: cmd.OutOrStdout()}
	if f.json == "-" || f.junit == "-" {
		o.screen = o.errs
	}
	return o
}

// Progress goes to standard error, so that standard output is the report.
func (o Outputs) Progress(total int) *terminal.Progress {
	_, live := IsTerminal(o.errs)
	return terminal.NewProgress(o.errs, live, total)
}

func (o Outputs) options() terminal.Options {
	opts := TerminalOptions(o.screen)
	opts.Verbose = o.verbose
	return opts
}

// Write renders the run for a person and into the files that were asked for,
// and ends with its exit code. One that cannot be written keeps no other from
// being.
func (o Outputs) Write(r report.Run) error {
	if err := errors.Join(
		terminal.Write(o.screen, r, o.options()),
		o.toFile(o.json, r, report.WriteJSON),
		o.toFile(o.junit, r, junit.Write),
	); err != nil {
		return exit.Broken(err)
	}
	return exit.Verdict(report.ExitCode(r, o.allowPartial))
}

func (o Outputs) toFile(name string, r report.Run, write func(io.Writer, report.Run) error) error {
	return WriteTo(o.document, name, func(w io.Writer) error { return write(w, r) })
}
