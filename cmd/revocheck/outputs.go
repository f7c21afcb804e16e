package main

import (
	"io"
	"os"

	"golang.org/x/term"

	"github.com/revocheck/revocheck/report"
)

// outputs are the places where a run is shown.
type outputs struct {
	screen, errs io.Writer
	verbose      bool
}

// progress goes to standard error, so that standard output is the report.
func (o outputs) progress(total int) *report.Progress {
	_, live := isTerminal(o.errs)
	return report.NewProgress(o.errs, live, total)
}

func (o outputs) options() report.TerminalOptions {
	opts := report.TerminalOptions{Verbose: o.verbose}
	if f, ok := isTerminal(o.screen); ok {
		opts.Color = os.Getenv("NO_COLOR") == ""
		opts.Width, _, _ = term.GetSize(int(f.Fd()))
	}
	return opts
}

// write renders the run for a person and into the files that were asked for.
func (o outputs) write(r report.Run, json, junit string) error {
	if err := report.WriteTerminal(o.screen, r, o.options()); err != nil {
		return err
	}
	if err := toFile(json, r, report.WriteJSON); err != nil {
		return err
	}
	return toFile(junit, r, report.WriteJUnit)
}

// toFile writes the run to a file, "-" for standard output, "" for nowhere.
func toFile(name string, r report.Run, write func(io.Writer, report.Run) error) error {
	switch name {
	case "":
		return nil
	case "-":
		return write(os.Stdout, r)
	}
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	if err := write(f, r); err != nil {
		_ = f.Close()
		return err
	}
	return f.Close()
}
