package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/revocheck/revocheck/cmd/revocheck/internal/bench"
	"github.com/revocheck/revocheck/cmd/revocheck/internal/exit"
	"github.com/revocheck/revocheck/cmd/revocheck/internal/help"
	"github.com/revocheck/revocheck/cmd/revocheck/internal/results"
	"github.com/revocheck/revocheck/cmd/revocheck/internal/subject"
	"github.com/revocheck/revocheck/reference"
	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/report/html"
	"github.com/revocheck/revocheck/report/markdown"
	"github.com/revocheck/revocheck/report/terminal"
	"github.com/revocheck/revocheck/scenarios"
	"github.com/revocheck/revocheck/scenarios/catalogue"
	"github.com/revocheck/revocheck/scenarios/target/apim"
	inprocess "github.com/revocheck/revocheck/scenarios/target/reference"
)

type compareFlags struct {
	strategies, targets []string
	only                []string
	json, markdown      bool
	html                string
	overhead            time.Duration // of each strategy's measurement; 0 for none
	files               results.Files
}

func compareCommand() *cobra.Command {
	f := &compareFlags{}
	cmd := &cobra.Command{
		Use:   "compare",
		Short: "Set strategies side by side: which of them is safe?",
		Long: `Run the suite against every strategy of the reference gateway and show the results
side by side; with --strategy or --target, against those strategies and the
gateways of those target files.

The exit code is 0 when the comparison was made, whatever it shows, and 2 or 3
when a target is missing in it.`,
		Args: help.Arguments(""),
		RunE: func(cmd *cobra.Command, _ []string) error { return f.compare(cmd) },
	}
	flags := cmd.Flags()
	flags.StringSliceVar(&f.strategies, "strategy", nil, "these `strategies`, with commas between them")
	flags.StringArrayVar(&f.targets, "target", nil, "the gateway of this target `FILE` (repeatable)")
	flags.StringArrayVar(&f.only, "only", nil, "only scenarios whose ID matches this `pattern` or is in this group (repeatable)")
	flags.BoolVar(&f.json, "json", false, "as JSON")
	flags.BoolVar(&f.markdown, "markdown", false, "as Markdown tables")
	flags.StringVar(&f.html, "html", "", "write the comparison as one self-contained page to this `FILE`, - for standard output")
	flags.DurationVar(&f.overhead, "overhead", 0, "measure for so long what each strategy's check costs, too (default not at all)")
	cmd.MarkFlagsMutuallyExclusive("json", "markdown")
	return cmd
}

func (f *compareFlags) compare(cmd *cobra.Command) error {
	all, err := catalogue.All()
	if err != nil {
		return exit.Broken(err)
	}
	if f.overhead < 0 {
		return exit.Usage("--overhead %s is not above 0", f.overhead)
	}
	f.files.Stdout = cmd.OutOrStdout()
	f.files.Add("html", f.html)
	if err := f.files.Check(f.targets...); err != nil {
		return err
	}
	targets, err := f.open(cmd.Context())
	if err != nil {
		return err
	}
	runs, missing := f.run(cmd, targets, all)
	if len(runs) == 0 {
		return missing
	}
	if err := f.write(cmd, report.Comparison{Runs: runs}); err != nil {
		return err
	}
	if cmd.Context().Err() != nil {
		return exit.Partial("the comparison was interrupted")
	}
	return missing
}

// run runs the suite against each target, until it is interrupted. Its error
// is the first of those that keep a target out of the comparison; the others
// are printed.
func (f *compareFlags) run(cmd *cobra.Command, targets []namedTarget, all []scenarios.Scenario) (runs []report.NamedRun, missing error) {
	for _, t := range targets {
		fmt.Fprintf(cmd.ErrOrStderr(), "running %s\n", t.name)
		run, err := scenarios.Run(cmd.Context(), t.Target, all, scenarios.Options{Only: f.only})
		switch {
		case err == nil:
			numbers, err := f.cost(cmd, t)
			if err != nil {
				missing = cmp.Or(missing, err)
			}
			runs = append(runs, report.NamedRun{Name: t.name, Run: run, Numbers: numbers, Posture: t.posture()})
		case missing == nil:
			missing = exit.RunError(fmt.Errorf("%s is not compared: %w", t.name, err))
		default:
			fmt.Fprintf(cmd.ErrOrStderr(), "%s is not compared: %v\n", t.name, err)
		}
		if cmd.Context().Err() != nil {
			break
		}
	}
	return runs, missing
}

// cost measures what a strategy's check costs, if that was asked for.
func (f *compareFlags) cost(cmd *cobra.Command, t namedTarget) ([]report.Number, error) {
	if f.overhead == 0 || !t.strategy || cmd.Context().Err() != nil {
		return nil, nil
	}
	fmt.Fprintf(cmd.ErrOrStderr(), "measuring %s\n", t.name)
	return bench.Overhead(cmd, t.name, f.overhead)
}

// write writes the page, and then shows the comparison.
func (f *compareFlags) write(cmd *cobra.Command, c report.Comparison) error {
	if err := f.files.Write("html", func(w io.Writer) error { return html.WriteComparison(w, c) }); err != nil {
		return err
	}
	out := cmd.OutOrStdout()
	if f.files.OnStdout() {
		out = cmd.ErrOrStderr()
	}
	return results.Shown(f.show(out, c))
}

func (f *compareFlags) show(out io.Writer, c report.Comparison) error {
	switch {
	case f.json:
		return c.WriteJSON(out)
	case f.markdown:
		return markdown.WriteComparison(out, c)
	}
	return terminal.WriteComparison(out, c, results.TerminalOptions(out))
}

// namedTarget is a row of the comparison.
type namedTarget struct {
	scenarios.Target
	name     string
	strategy bool // of the reference gateway
}

// posture is what the target declares to do while its store is away; nothing for a
// strategy that asks none.
func (t namedTarget) posture() string {
	if t.strategy && slices.Contains([]string{"client-side", "short-expiry", apim.Strategy.Name}, t.name) {
		return ""
	}
	return t.Contract().WithDefaults().Posture
}

func (f *compareFlags) open(ctx context.Context) ([]namedTarget, error) {
	names := f.strategies
	if len(names) == 0 && len(f.targets) == 0 {
		for _, s := range subject.Strategies() {
			names = append(names, s.Name)
		}
	}
	var list []namedTarget
	for _, name := range names {
		if err := subject.KnownStrategy(name); err != nil {
			return nil, err
		}
		t, err := openStrategy(name)
		if err != nil {
			return nil, exit.Usage("%w", err)
		}
		list = append(list, namedTarget{t, name, true})
	}
	for _, file := range f.targets {
		t, err := subject.Load(ctx, file)
		if err != nil {
			return nil, err
		}
		list = append(list, namedTarget{t, strings.TrimSuffix(filepath.Base(file), filepath.Ext(file)), false})
	}
	return list, nil
}

// openStrategy gives the target of a strategy, with two replicas.
func openStrategy(name string) (scenarios.Target, error) {
	if name == apim.Strategy.Name {
		return apim.New(apim.Options{})
	}
	return inprocess.New(reference.Config{Strategy: name, Store: "miniredis"}, 2)
}
