package scenarios

import (
	"context"

	"github.com/revocheck/revocheck/scenarios/preflight"
	"github.com/revocheck/revocheck/scenarios/wire"
)

// PreflightError says why a target cannot be tested at all.
type PreflightError = preflight.Error

// opened is an instance of the target and how to ask it.
type opened struct {
	preflight.Target
	instance *Instance
}

// open opens an instance for who looks at it. An error is a *PreflightError.
func (r *run) open(ctx context.Context) (opened, error) {
	instance, err := r.target.Open(ctx)
	if err != nil {
		return opened{}, &PreflightError{Unreachable: true, What: "the target could not be started", Fix: err.Error()}
	}
	return opened{preflight.Target{
		Contract: r.contract, Endpoints: instance.endpoints(),
		Network: wire.NewNetwork(r.contract, instance.endpoints, instance.Transport, r.limit),
		Login:   instance.Powers.Login, Now: instance.Powers.Now, Remote: r.target.Shared(), Secret: r.secret,
	}, instance}, nil
}

func (o opened) close() error {
	o.Network.Close()
	return o.instance.close()
}

// preflight makes sure that the target answers and that its users can log in,
// and measures the difference of the clocks.
func (r *run) preflight(ctx context.Context) error {
	err := r.check(ctx)
	if err != nil && ctx.Err() != nil {
		return &PreflightError{Unreachable: true, What: ended(ctx) + " before its first scenario"}
	}
	return err
}

func (r *run) check(ctx context.Context) error {
	o, err := r.open(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = o.close() }()
	r.clock, err = o.Check(ctx)
	return err
}

// Preflight makes sure that the target answers and that its users can log in,
// as Run does first, and says what it saw. An error is a *PreflightError.
func Preflight(ctx context.Context, target Target) (preflight.Observations, error) {
	r := newRun(target, Options{Observe: silence{}})
	if err := r.preflight(ctx); err != nil {
		return preflight.Observations{}, err
	}
	o, err := r.open(ctx)
	if err != nil {
		return preflight.Observations{}, err
	}
	defer func() { _ = o.close() }()
	return o.Observe(ctx, r.clock)
}

// PreflightPlan is what a run sends before its first scenario.
func PreflightPlan(target Target) []Planned {
	return preflight.Plan(target.Contract().WithDefaults(), target.Shared())
}
