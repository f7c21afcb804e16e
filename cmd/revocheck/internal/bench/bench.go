// Package bench measures what the revocation check costs.
package bench

import (
	"context"
	"errors"
	"time"

	"github.com/spf13/cobra"

	"github.com/revocheck/revocheck/cmd/revocheck/internal/bench/sides"
	"github.com/revocheck/revocheck/cmd/revocheck/internal/exit"
	"github.com/revocheck/revocheck/cmd/revocheck/internal/stores"
	"github.com/revocheck/revocheck/loadgen"
	"github.com/revocheck/revocheck/scenarios"
)

// Gateway runs one side of a bench. It speaks to the bench alone.
func Gateway(cmd *cobra.Command) error {
	if err := sides.Serve(cmd.Context(), cmd.InOrStdin(), cmd.OutOrStdout()); err != nil {
		return exit.Broken(err)
	}
	return nil
}

// Run measures the overhead, and ends with what the limits say of it.
func (f *Flags) Run(cmd *cobra.Command) error {
	f.out.plots = []string{"timeline.svg", "percentiles.svg", "overhead.svg"}
	return f.guard(cmd, f.bench)
}

func (f *Flags) bench(cmd *cobra.Command) error {
	if err := f.check(cmd); err != nil {
		return err
	}
	plan, err := f.plan(cmd)
	if err != nil {
		return err
	}
	if err := f.out.stream(&plan); err != nil {
		return err
	}
	pairing, err := f.pairing(cmd.Context(), cmd)
	if err != nil {
		return benchError(err)
	}
	if !f.inProcess {
		defer sides.LimitMemory()()
	}
	result, err := f.measure(cmd, plan, pairing)
	closing := pairing.Close()
	if result == nil {
		return benchError(errors.Join(err, closing))
	}
	if closing != nil {
		closing = exit.Broken(closing)
	}
	if err := errors.Join(f.write(cmd, result), closing); err != nil {
		return err
	}
	return f.conclude(result, err)
}

// measure runs the bench and, where asked for, the two sides one after the
// other in the same time.
func (f *Flags) measure(cmd *cobra.Command, plan loadgen.Plan, p *sides.Pairing) (*loadgen.Result, error) {
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
func (f *Flags) describe(r *loadgen.Result, p *sides.Pairing) {
	if f.target == "" {
		r.Setup.Population, r.Setup.Replicas = f.tokens.Population, f.gateway.Replicas
		r.Setup.Store, r.Setup.Alg = stores.Name(f.subject().Store), f.subject().Alg
	}
	r.Tool.Version = scenarios.Tool().Version
	if p.Shared {
		r.Notes = append(r.Notes, "the generator shares its processors with the gateways: differences are "+
			"comparable, absolute latencies and the highest rate are too pessimistic")
	}
}

// conclude turns a result into an exit code. A leak that was seen stays one,
// even if the target was lost afterwards.
func (f *Flags) conclude(r *loadgen.Result, err error) error {
	leaked := r.Subject.Tally.Of(loadgen.Leak)+r.Subject.Tally.Of(loadgen.Lapse) > 0
	switch {
	case err != nil && !(r.Broken() && leaked):
		return benchError(err)
	case r.Broken():
		return exit.Verdict(1)
	case f.allowPartial:
		return nil
	}
	if why := r.Partial(); why != "" {
		return exit.Partial("partial: %s", why)
	}
	return nil
}

// benchError is the error of a bench that came to nothing: usage, unless the
// target or the harness is to blame.
func benchError(err error) error {
	var coded *exit.Error
	if err == nil || errors.As(err, &coded) {
		return err
	}
	if errors.Is(err, context.Canceled) {
		return exit.Broken(errors.New("interrupted before anything was measured"))
	}
	return exit.Broken(err)
}
