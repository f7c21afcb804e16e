package main

import (
	"errors"
	"io"
	"io/fs"
	"os"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"golang.org/x/term"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/report/junit"
	"github.com/revocheck/revocheck/report/terminal"
)

// reportFlags say how a run is shown and where it is written.
type reportFlags struct {
	json, junit           string
	verbose, allowPartial bool
}

func (f *reportFlags) register(flags *pflag.FlagSet) {
	flags.StringVar(&f.json, "json", "", "write the run as JSON to this `FILE`, - for standard output")
	flags.StringVar(&f.junit, "junit", "", "write the run as JUnit XML to this `FILE`, - for standard output")
	flags.BoolVarP(&f.verbose, "verbose", "v", false, "one line a scenario")
	flags.BoolVar(&f.allowPartial, "allow-partial", false, "exit 0 when the run is partial")
}

// check sees to it that a run of minutes is not lost to a file that cannot be
// written.
func (f reportFlags) check() error {
	if f.json != "" && f.json == f.junit {
		return usage("--json and --junit cannot both have %s", place(f.json))
	}
	for _, name := range []string{f.json, f.junit} {
		if err := writable(name); err != nil {
			return usage("the report cannot be written: %w", err)
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

// writable returns an error unless the file can be written, and leaves it as
// it was.
func writable(name string) error {
	if name == "" || name == "-" {
		return nil
	}
	found, err := os.Stat(name)
	if err == nil && !found.Mode().IsRegular() && !found.IsDir() {
		return nil // who reads a pipe would see it closed
	}
	fresh := errors.Is(err, fs.ErrNotExist)
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE, 0o666)
	if err != nil {
		return err
	}
	if err := f.Close(); err != nil || !fresh {
		return err
	}
	return os.Remove(name)
}

// outputs are the places where a run is shown.
type outputs struct {
	reportFlags
	screen, errs io.Writer
	document     io.Writer // has what is written to the file "-"
}

// outputs of a command. A document on standard output is alone there.
func (f reportFlags) outputs(cmd *cobra.Command) outputs {
	o := outputs{reportFlags: f, screen: cmd.OutOrStdout(), errs: cmd.ErrOrStderr(), document: cmd.OutOrStdout()}
	if f.json == "-" || f.junit == "-" {
		o.screen = o.errs
	}
	return o
}

// progress goes to standard error, so that standard output is the report.
func (o outputs) progress(total int) *terminal.Progress {
	_, live := isTerminal(o.errs)
	return terminal.NewProgress(o.errs, live, total)
}

func (o outputs) options() terminal.Options {
	opts := terminal.Options{Verbose: o.verbose}
	if f, ok := isTerminal(o.screen); ok {
		opts.Color = os.Getenv("NO_COLOR") == ""
		opts.Width, _, _ = term.GetSize(int(f.Fd()))
	}
	return opts
}

// isTerminal reports whether w is a terminal.
func isTerminal(w io.Writer) (*os.File, bool) {
	f, ok := w.(*os.File)
	return f, ok && term.IsTerminal(int(f.Fd()))
}

// write renders the run for a person and into the files that were asked for,
// and ends with its exit code. One that cannot be written keeps no other from
// being.
func (o outputs) write(r report.Run) error {
	if err := errors.Join(
		terminal.Write(o.screen, r, o.options()),
		o.toFile(o.json, r, report.WriteJSON),
		o.toFile(o.junit, r, junit.Write),
	); err != nil {
		return &exitError{exitBroken, err}
	}
	return verdict(report.ExitCode(r, o.allowPartial))
}

// toFile writes the run to a file, "-" for standard output, "" for nowhere.
func (o outputs) toFile(name string, r report.Run, write func(io.Writer, report.Run) error) error {
	switch name {
	case "":
		return nil
	case "-":
		return write(o.document, r)
	}
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	return errors.Join(write(f, r), f.Close())
}
