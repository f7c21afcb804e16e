// Package results shows a result on the screen and writes it to files.
package results

import (
	"cmp"
	"errors"
	"io"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/revocheck/revocheck/cmd/revocheck/internal/exit"
	"github.com/revocheck/revocheck/cmd/revocheck/internal/expect"
	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/report/html"
	"github.com/revocheck/revocheck/report/junit"
	"github.com/revocheck/revocheck/report/markdown"
	"github.com/revocheck/revocheck/report/sarif"
	"github.com/revocheck/revocheck/report/terminal"
)

// Flags say how a run is shown and where it is written.
type Flags struct {
	names                        map[string]*string // of the files, by flag
	operator, expect             string
	verbose, quiet, allowPartial bool
}

// Register defines the flags.
func (f *Flags) Register(flags *pflag.FlagSet) {
	f.names = map[string]*string{}
	for _, form := range forms {
		f.names[form.flag] = flags.String(form.flag, "", "write the run as "+form.what+" to this `FILE`, - for standard output")
	}
	flags.StringVar(&f.operator, "operator", "", "who answers for the run: a `NAME` that reports show")
	flags.StringVar(&f.expect, "expect", "", "`FILE` of failures that are known, which report expect writes: they do not fail the run, and what no longer fails or has lapsed does")
	flags.BoolVarP(&f.verbose, "verbose", "v", false, "after the first screen, all that is known: a line a scenario, each failure, what was measured")
	flags.BoolVarP(&f.quiet, "quiet", "q", false, "the conclusion alone")
	flags.BoolVar(&f.allowPartial, "allow-partial", false, "exit 0 when the run is partial")
}

// forms of a run, each with the flag that asks for it.
var forms = []struct {
	flag, what string
	write      func(io.Writer, report.Run) error
}{
	{"json", "JSON", report.WriteJSON},
	{"junit", "JUnit XML", junit.Write},
	{"html", "one self-contained page", html.Write},
	{"markdown", "a summary in Markdown", markdown.Write},
	{"sarif", "SARIF 2.1.0", sarif.Write},
}

// Outputs are the places where a run is shown.
type Outputs struct {
	Flags
	files *Files
	// Stored is the file that the run was read from; empty if it just ended.
	Stored       string
	screen, errs io.Writer
	expected     []report.Expected
}

// Open checks the files of a command, which reads the inputs. A document on
// standard output is alone there. Where something is wrong, the files that can be
// written say so, in place of what an earlier run left there.
func (f Flags) Open(cmd *cobra.Command, inputs ...string) (Outputs, error) {
	o := Outputs{Flags: f, files: &Files{Stdout: cmd.OutOrStdout()}, screen: cmd.OutOrStdout(), errs: cmd.ErrOrStderr()}
	for _, form := range forms {
		o.files.Add(form.flag, *f.names[form.flag])
	}
	if o.files.OnStdout() {
		o.screen = o.errs
	}
	inputs = append(inputs, f.expect)
	wrong := o.readExpected()
	if f.verbose && f.quiet {
		wrong = exit.Usage("--verbose and --quiet are opposites: give one of them")
	}
	if err := cmp.Or(wrong, o.files.Check(inputs...)); err != nil {
		o.files.keepWritable(inputs)
		return o, errors.Join(err, o.early(unstarted(), err.Error(), (*Files).Mark))
	}
	return o, nil
}

func (o *Outputs) readExpected() (err error) {
	if o.expect == "" {
		return nil
	}
	if o.expected, err = expect.Read(o.expect); err != nil {
		return exit.Usage("--expect: %w", err)
	}
	return nil
}

// underWay is what a report says for as long as its run goes on, and for good
// if it is killed.
const underWay = "it has not ended: it is under way, or was killed"

// Run does the work and writes the run that comes of it. Until then the files
// say that there is none, in place of what an earlier run left there; if none
// comes, they say why. The run that is given says what is tested.
func (o Outputs) Run(of report.Run, work func() (report.Run, error)) error {
	of.Operator = o.operator
	if err := o.early(of, underWay, (*Files).Mark); err != nil {
		return err
	}
	r, err := work()
	if err != nil {
		return errors.Join(err, o.early(of, err.Error(), (*Files).Write))
	}
	r.Operator = cmp.Or(o.operator, r.Operator)
	if o.expected != nil {
		r = r.Expecting(o.expected, time.Now())
	}
	return o.write(r)
}

// early writes a run without a record.
func (o Outputs) early(r report.Run, why string, write func(*Files, string, func(io.Writer) error) error) error {
	r.Ended, r.Why = why, why
	r.Conclusion = r.Conclude()
	return o.each(func(flag string, render func(io.Writer, report.Run) error) error {
		return write(o.files, flag, func(w io.Writer) error { return render(w, r) })
	})
}

// write renders the run into the files that were asked for and then for a
// person, and ends with its exit code. A file that cannot be written keeps no
// other from being.
func (o Outputs) write(r report.Run) error {
	err := o.each(func(flag string, render func(io.Writer, report.Run) error) error {
		return o.files.Write(flag, func(w io.Writer) error { return render(w, r) })
	})
	if err := errors.Join(err, Shown(terminal.Write(o.screen, r, o.options()))); err != nil {
		return err
	}
	code := report.ExitCode(r, o.allowPartial)
	if code == report.ExitPartial && r.Ended == "" {
		return exit.Partial("partial is exit code %d: with --allow-partial it is %d", code, report.ExitConformant)
	}
	return exit.Verdict(code)
}

func (o Outputs) each(write func(string, func(io.Writer, report.Run) error) error) error {
	var errs []error
	for _, form := range forms {
		errs = append(errs, write(form.flag, form.write))
	}
	return errors.Join(errs...)
}

// Progress goes to standard error, so that standard output is the report.
func (o Outputs) Progress(total int) *terminal.Progress {
	_, live := IsTerminal(o.errs)
	return terminal.NewProgress(o.errs, live && !o.quiet, o.verbose, total)
}

func (o Outputs) options() terminal.Options {
	opts := TerminalOptions(o.screen)
	opts.Verbose, opts.Quiet = o.verbose, o.quiet
	if opts.File = o.Stored; opts.File == "" && *o.names["json"] != "-" {
		opts.File = *o.names["json"]
	}
	return opts
}
