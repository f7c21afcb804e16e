package main

import (
	"context"
	"errors"
	"time"

	"github.com/spf13/cobra"

	"github.com/revocheck/revocheck/cmd/revocheck/benchside"
	"github.com/revocheck/revocheck/loadgen"
)

// gatewayArg is the hidden command under bench that runs a gateway.
const gatewayArg = "gateway"

func benchCommand() *cobra.Command {
	f := newBenchFlags()
	cmd := &cobra.Command{
		Use:   "bench",
		Short: "Measure what the revocation check costs",
		Long: `Measure the latency that the revocation check adds, in short slices of baseline,
subject and a second baseline (the A/A control) that alternate in random order.

Without --target the reference gateway is measured, each side in a process of its
own: --strategy against --against verify (the token is verified, nothing is looked
up), none (an open route) or another strategy. With --target the same gateway is
called with live tokens and --against open (its open route), or with revoked tokens
and --against live, or another target file is the baseline.

Latency is counted from the moment at which a call was due, not from when it was
sent. An overhead whose interval covers zero, or which two equal sides show as
well, is reported as not distinguishable.

Exit codes: 0 the limits hold; 1 a limit is broken, or a leak; 2 usage; 3 a target is
unreachable, or the harness broke; 4 partial (0 with --allow-partial): the run was
interrupted, is unreliable, says nothing about a limit, or did not reach --precision.`,
		Example: `  revocheck bench
  revocheck bench --strategy denylist --store redis://127.0.0.1:6379 --population 1000000
  revocheck bench --precision 2% --duration 5m --max-overhead p50=5% --max-p99 20ms
  revocheck bench --target gateway.yaml --against live --rate 50 --duration 10m`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return f.bench(cmd) },
	}
	f.registerAll(cmd)
	cmd.AddCommand(saturateCommand(), sweepCommand(), tableCommand(), gatewayCommand())
	return cmd
}

// gatewayCommand runs one side of a bench. It speaks to the bench alone.
func gatewayCommand() *cobra.Command {
	return &cobra.Command{
		Use: gatewayArg, Hidden: true, Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := benchside.Serve(cmd.Context(), cmd.InOrStdin(), cmd.OutOrStdout()); err != nil {
				return &exitError{exitBroken, err}
			}
			return nil
		},
	}
}

func (f *benchFlags) bench(cmd *cobra.Command) error {
	if err := f.check(cmd); err != nil {
		return err
	}
	plan, err := f.plan(cmd)
	if err != nil {
		return err
	}
	pairing, err := f.pairing(cmd.Context(), cmd)
	if err != nil {
		return unmeasured(err)
	}
	if !f.inProcess {
		defer benchside.LimitMemory()()
	}
	result, err := f.measure(cmd, plan, pairing)
	closing := pairing.Close()
	if result == nil {
		return unmeasured(errors.Join(err, closing))
	}
	if err := errors.Join(f.write(cmd, result), closing); err != nil {
		return &exitError{exitBroken, err}
	}
	return f.conclude(result, err)
}

// measure runs the bench and, where asked for, the two sides one after the
// other in the same time.
func (f *benchFlags) measure(cmd *cobra.Command, plan loadgen.Plan, p *benchside.Pairing) (*loadgen.Result, error) {
	result, err := loadgen.Bench(cmd.Context(), plan, p.Sides)
	if result == nil {
		return nil, err
	}
	f.describe(result, p)
	if f.sequential && err == nil && cmd.Context().Err() == nil {
		plan.Duration = time.Duration(result.MeasuredMs * float64(time.Millisecond))
		plan.Sink = nil
		result.Sequential, err = loadgen.MeasureSequentially(cmd.Context(), plan, p.Sides)
	}
	result.Judge(f.limits)
	return result, err
}

// describe adds what loadgen cannot know.
func (f *benchFlags) describe(r *loadgen.Result, p *benchside.Pairing) {
	if f.target == "" {
		r.Setup.Population, r.Setup.Replicas = f.tokens.Population, f.gateway.Replicas
		r.Setup.Store, r.Setup.Alg = plainStore(f.subject().Store), f.subject().Alg
	}
	r.Tool.Version = toolVersion()
	if p.Shared {
		r.Notes = append(r.Notes, "the generator shares its processors with the gateways: differences are "+
			"comparable, absolute latencies and the highest rate are too pessimistic")
	}
}

// exitPartial is the code of a run that answers less than it was asked.
const exitPartial = 4

// conclude turns a result into an exit code. A leak that was seen stays one,
// even if the target was lost afterwards.
func (f *benchFlags) conclude(r *loadgen.Result, err error) error {
	leaked := r.Subject.Tally.Of(loadgen.Leak)+r.Subject.Tally.Of(loadgen.Lapse) > 0
	switch {
	case err != nil && !(r.Broken() && leaked):
		return unmeasured(err)
	case r.Broken():
		return verdict(1)
	case f.allowPartial:
		return nil
	}
	if why := r.Partial(); why != "" {
		return &exitError{exitPartial, errors.New("partial: " + why)}
	}
	return nil
}

// unmeasured is the error of a bench that came to nothing: usage, unless the
// target or the harness is to blame.
func unmeasured(err error) error {
	var coded *exitError
	if err == nil || errors.As(err, &coded) {
		return err
	}
	if errors.Is(err, context.Canceled) {
		return &exitError{exitBroken, errors.New("interrupted before anything was measured")}
	}
	return &exitError{exitBroken, err}
}
