// Package run runs the conformance suite, or plans it.
package run

import (
	"errors"
	"os"
	"time"

	"github.com/spf13/cobra"

	"github.com/revocheck/revocheck/cmd/revocheck/internal/exit"
	"github.com/revocheck/revocheck/cmd/revocheck/internal/results"
	"github.com/revocheck/revocheck/cmd/revocheck/internal/subject"
	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/report/terminal"
	"github.com/revocheck/revocheck/scenarios"
	"github.com/revocheck/revocheck/scenarios/catalogue"
	"github.com/revocheck/revocheck/scenarios/script"
)

// Command is run and its flags.
type Command struct {
	subject subject.Flags
	report  results.Flags
	options scenarios.Options
	profile string
	scripts []string
	dryRun  bool
}

// Register defines the flags.
func (f *Command) Register(cmd *cobra.Command) {
	f.subject.Register(cmd)
	flags := cmd.Flags()
	flags.StringVar(&f.profile, "profile", "wire", "claim to test: wire, or full with restarts, store faults and a movable clock")
	flags.StringArrayVar(&f.options.Only, "only", nil, "run only scenarios whose ID matches this `pattern` or is in this group (repeatable)")
	flags.StringArrayVar(&f.scripts, "script", nil, "run the scenario in this `FILE` as well (repeatable)")
	flags.Uint64Var(&f.options.Seed, "seed", 1, "`seed` of what is left to chance")
	flags.DurationVar(&f.options.MaxWait, "max-wait", scenarios.DefaultMaxWait, "longest wait of one scenario")
	flags.BoolVar(&f.options.Strict, "strict", false, "a failed should or may is a failure")
	flags.BoolVar(&f.dryRun, "dry-run", false, "print what would be sent, and send nothing")
	f.report.Register(flags)
}

// Run runs the suite, and ends with the exit code of its conclusion.
func (f *Command) Run(cmd *cobra.Command) (failed error) {
	if err := f.check(); err != nil {
		return err
	}
	all, err := f.scenarios()
	if err != nil {
		return err
	}
	f.subject.Breaks, f.subject.Planned = f.options.Profile == scenarios.Full, f.dryRun
	target, err := f.subject.Open(cmd)
	if err != nil {
		return err
	}
	defer func() { failed = errors.Join(failed, f.subject.Close()) }()
	if f.dryRun {
		return f.plan(cmd.OutOrStdout(), target, all)
	}
	return f.live(cmd, target, all)
}

func (f *Command) check() error {
	f.options.Profile = scenarios.Profile(f.profile)
	switch _, known := scenarios.Profiles()[f.options.Profile]; {
	case !known:
		return exit.Usage("unknown profile %q: wire or full", f.profile)
	case f.options.MaxWait <= 0:
		return exit.Usage("--max-wait %s: it must be more than 0", f.options.MaxWait)
	}
	return f.report.Check()
}

func (f *Command) scenarios() ([]scenarios.Scenario, error) {
	all, err := catalogue.All()
	if err != nil {
		return nil, exit.Broken(err)
	}
	for _, file := range f.scripts {
		s, err := loadScript(file)
		if err != nil {
			return nil, exit.Usage("%w", err)
		}
		for _, other := range all {
			if other.ID == s.ID {
				return nil, exit.Usage("%s: the ID %s is taken by %s", file, s.ID, other.Source)
			}
		}
		all = append(all, s)
	}
	return all, nil
}

func loadScript(file string) (scenarios.Scenario, error) {
	in, err := os.Open(file)
	if err != nil {
		return scenarios.Scenario{}, err
	}
	defer func() { _ = in.Close() }()
	return script.Parse(file, in)
}

func (f *Command) live(cmd *cobra.Command, target scenarios.Target, all []scenarios.Scenario) error {
	outs := f.report.Outputs(cmd)
	progress := outs.Progress(scenarios.Selected(all, f.options))
	f.options.Observe = observer{progress}
	result, err := scenarios.Run(cmd.Context(), target, all, f.options)
	progress.Close()
	if err != nil {
		return exit.RunError(err)
	}
	return outs.Write(result)
}

// observer passes on how the run goes.
type observer struct{ p *terminal.Progress }

func (o observer) Start(id string)                 { o.p.Start(id) }
func (o observer) Wait(id string, d time.Duration) { o.p.Wait(id, d) }
func (o observer) Done(r report.Record)            { o.p.Done(r) }
