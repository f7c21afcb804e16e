package main

import (
	"errors"
	"os"
	"time"

	"github.com/spf13/cobra"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/report/terminal"
	"github.com/revocheck/revocheck/scenarios"
	"github.com/revocheck/revocheck/scenarios/catalogue"
)

type runFlags struct {
	subject subjectFlags
	report  reportFlags
	options scenarios.Options
	profile string
	scripts []string
	dryRun  bool
}

func runCommand() *cobra.Command {
	f := &runFlags{}
	cmd := &cobra.Command{
		Use:   "run",
		Short: "Run the conformance suite",
		Long: `Run the conformance suite against the gateway that a target file describes or,
without one, against the reference gateway in process.`,
		Example: `  revocheck run
  revocheck run --strategy client-side
  revocheck run --target gateway.yaml --junit revocheck.xml
  revocheck run --only 'replay/*' --only lifecycle`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return f.run(cmd) },
	}
	f.subject.register(cmd)
	f.register(cmd)
	return cmd
}

func (f *runFlags) register(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVar(&f.profile, "profile", "wire", "claim to test: wire, or full with restarts, store faults and a movable clock")
	flags.StringArrayVar(&f.options.Only, "only", nil, "run only scenarios whose ID matches this `pattern` or is in this group (repeatable)")
	flags.StringArrayVar(&f.scripts, "script", nil, "run the scenario in this `FILE` as well (repeatable)")
	flags.Uint64Var(&f.options.Seed, "seed", 1, "`seed` of what is left to chance")
	flags.DurationVar(&f.options.MaxWait, "max-wait", scenarios.DefaultMaxWait, "longest wait of one scenario")
	flags.BoolVar(&f.options.Strict, "strict", false, "a failed should or may is a failure")
	flags.BoolVar(&f.dryRun, "dry-run", false, "print what would be sent, and send nothing")
	f.report.register(flags)
}

func (f *runFlags) run(cmd *cobra.Command) (failed error) {
	if err := f.check(); err != nil {
		return err
	}
	all, err := f.scenarios()
	if err != nil {
		return err
	}
	f.subject.breaks, f.subject.planned = f.options.Profile == scenarios.Full, f.dryRun
	target, err := f.subject.open(cmd)
	if err != nil {
		return err
	}
	defer func() { failed = errors.Join(failed, f.subject.close()) }()
	if f.dryRun {
		return f.plan(cmd.OutOrStdout(), target, all)
	}
	return f.live(cmd, target, all)
}

func (f *runFlags) check() error {
	f.options.Profile = scenarios.Profile(f.profile)
	switch _, known := scenarios.Profiles()[f.options.Profile]; {
	case !known:
		return usage("unknown profile %q: wire or full", f.profile)
	case f.options.MaxWait <= 0:
		return usage("--max-wait %s: it must be more than 0", f.options.MaxWait)
	}
	return f.report.check()
}

func (f *runFlags) scenarios() ([]scenarios.Scenario, error) {
	all, err := catalogue.All()
	if err != nil {
		return nil, &exitError{exitBroken, err}
	}
	for _, file := range f.scripts {
		s, err := loadScript(file)
		if err != nil {
			return nil, usage("%w", err)
		}
		for _, other := range all {
			if other.ID == s.ID {
				return nil, usage("%s: the ID %s is taken by %s", file, s.ID, other.Source)
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
	return scenarios.LoadScript(file, in)
}

func (f *runFlags) live(cmd *cobra.Command, target scenarios.Target, all []scenarios.Scenario) error {
	outs := f.report.outputs(cmd)
	progress := outs.progress(scenarios.Selected(all, f.options))
	f.options.Observe = observer{progress}
	result, err := scenarios.Run(cmd.Context(), target, all, f.options)
	progress.Close()
	if err != nil {
		return unrun(err)
	}
	return outs.write(result)
}

// unrun is the error of a run that tested nothing.
func unrun(err error) error {
	var p *scenarios.PreflightError
	if errors.As(err, &p) && p.Unreachable {
		return &exitError{exitBroken, err}
	}
	return usage("%w", err)
}

// observer passes on how the run goes.
type observer struct{ p *terminal.Progress }

func (o observer) Start(id string)                 { o.p.Start(id) }
func (o observer) Wait(id string, d time.Duration) { o.p.Wait(id, d) }
func (o observer) Done(r report.Record)            { o.p.Done(r) }
