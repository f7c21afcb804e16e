// Package run runs the conformance suite, or plans it.
package run

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/revocheck/revocheck/cmd/revocheck/internal/exit"
	"github.com/revocheck/revocheck/cmd/revocheck/internal/results"
	"github.com/revocheck/revocheck/cmd/revocheck/internal/subject"
	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/report/latency"
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
	timeout time.Duration // of the whole run; 0 for none
	rate    string        // --confidence
	most    latency.Threshold
	judged  *latency.Verdict // by it; nil without one, and of a run that did not come about
}

// Register defines the flags.
func (f *Command) Register(cmd *cobra.Command) {
	f.subject.Register(cmd)
	flags := cmd.Flags()
	flags.StringVar(&f.profile, "profile", "wire", "claim to test: wire; smoke, what of it takes no long waits; canary, one session of one user, in a handful of calls; full, with restarts, store faults and a movable clock")
	flags.StringArrayVar(&f.options.Only, "only", nil, "run only scenarios whose ID matches this `pattern` or is in this group (repeatable)")
	flags.StringArrayVar(&f.scripts, "script", nil, "run the scenario in this `FILE` as well (repeatable)")
	flags.Uint64Var(&f.options.Seed, "seed", 1, "`seed` of what is left to chance")
	flags.DurationVar(&f.options.MaxWait, "max-wait", 0, fmt.Sprintf("longest wait of one scenario (default %s, with profile smoke %s)", scenarios.DefaultMaxWait, scenarios.Smoke.DefaultMaxWait()))
	flags.DurationVar(&f.timeout, "timeout", 0, "end the run after this time, as an interrupt does (default none)")
	flags.Var(&f.most, "max-revocation-latency", "fail (exit 1) if tokens were accepted for longer after their logout, such as p95=1s: p50, p95, p99 or max, at every place")
	flags.StringVar(&f.rate, "confidence", "", "make samples as large as it takes to miss no higher `RATE` of leaks, such as 0.1%, with 95 % confidence, within the target's limits")
	flags.BoolVar(&f.options.Strict, "strict", false, "a failed should or may is a failure")
	flags.BoolVar(&f.dryRun, "dry-run", false, "print what would be sent, and send nothing")
	f.report.Register(flags)
}

// Run runs the suite, and ends with the exit code of its conclusion.
func (f *Command) Run(cmd *cobra.Command) error {
	outs, err := f.report.Open(cmd, append(f.subject.Reads(), f.scripts...)...)
	if err != nil {
		return err
	}
	if f.dryRun {
		return errors.Join(f.plan(cmd), f.subject.Close())
	}
	ctx, cancel := f.bounded(cmd.Context())
	defer cancel()
	of := report.Run{
		Tool: scenarios.Tool(), Subject: f.subject.Subject(), Profile: f.profile, Seed: f.options.Seed, Strict: f.options.Strict, Started: time.Now().UTC(),
	}
	err = outs.Run(of, func() (report.Run, error) { return f.live(ctx, cmd, outs) })
	return errors.Join(f.withLatency(err), f.subject.Close())
}

// withLatency is the end of a run with what --max-revocation-latency says of it: what
// was exceeded is a failure, and what was not measured is never a success.
func (f *Command) withLatency(err error) error {
	code := exit.Code(err)
	switch {
	case f.judged == nil || f.judged.Kept:
		return err
	case !f.judged.Measured && code == 0:
		return exit.Usage("%s", f.judged.Text)
	case !f.judged.Measured || code == exit.CodeUsage || code == exit.CodeBroken:
		return errors.Join(err, errors.New(f.judged.Text))
	}
	return errors.Join(&exit.Error{Code: report.ExitNonconformant, Err: errors.New(f.judged.Text)}, err)
}

// bounded ends the context after --timeout.
func (f *Command) bounded(ctx context.Context) (context.Context, context.CancelFunc) {
	if f.timeout == 0 {
		return ctx, func() {}
	}
	return context.WithTimeoutCause(ctx, f.timeout, fmt.Errorf("the run was ended after %s, its --timeout", f.timeout))
}

// open gives the target and the scenarios, once the flags are found right.
func (f *Command) open(ctx context.Context, cmd *cobra.Command) (scenarios.Target, []scenarios.Scenario, error) {
	if err := f.check(cmd.Flags().Changed("max-wait")); err != nil {
		return nil, nil, err
	}
	all, err := f.scenarios()
	if err != nil {
		return nil, nil, err
	}
	f.subject.Breaks, f.subject.Planned = f.options.Profile == scenarios.Full, f.dryRun
	target, err := f.subject.Open(ctx, cmd)
	return target, all, err
}

func (f *Command) check(limited bool) error {
	f.options.Profile = scenarios.Profile(f.profile)
	switch _, known := scenarios.Profiles()[f.options.Profile]; {
	case !known:
		return exit.Usage("unknown profile %q: canary, smoke, wire or full", f.profile)
	case limited && f.options.MaxWait <= 0:
		return exit.Usage("--max-wait %s: it must be more than 0", f.options.MaxWait)
	case f.timeout < 0:
		return exit.Usage("--timeout %s: it must be more than 0", f.timeout)
	}
	return f.checkRate()
}

// smallestRate takes samples of 300,000, which is as much as a run can do.
const smallestRate = 0.001

func (f *Command) checkRate() error {
	if f.rate == "" {
		return nil
	}
	number, percent := strings.CutSuffix(f.rate, "%")
	rate, err := strconv.ParseFloat(strings.TrimSpace(number), 64)
	if err != nil || !percent || !(rate >= smallestRate && rate < 100) {
		return exit.Usage("--confidence %q: write a rate in percent, from %g%% and below 100%%, such as 0.1%%", f.rate, smallestRate)
	}
	f.options.Largest = rate / 100
	return nil
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

func (f *Command) live(ctx context.Context, cmd *cobra.Command, outs results.Outputs) (report.Run, error) {
	target, all, err := f.open(ctx, cmd)
	if err != nil {
		return report.Run{}, err
	}
	progress := outs.Progress(scenarios.Selected(target, all, f.options))
	f.options.Observe = observer{progress}
	result, err := scenarios.Run(ctx, target, all, f.options)
	progress.Close()
	if err != nil {
		return report.Run{}, exit.RunError(err)
	}
	if f.most.Quantile != "" {
		verdict := f.most.Judge(result)
		f.judged, result.Notes = &verdict, append(result.Notes, verdict.Text)
	}
	return result, nil
}

// observer passes on how the run goes.
type observer struct{ p *terminal.Progress }

func (o observer) Start(id string)                 { o.p.Start(id) }
func (o observer) Wait(id string, d time.Duration) { o.p.Wait(id, d) }
func (o observer) Done(r report.Record)            { o.p.Done(r) }
