package scenarios

import (
	"context"
	"errors"

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
		PublicKeyPEM: instance.Powers.PublicKeyPEM,
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
	r.observed, err = o.Check(ctx)
	r.noteEnded()
	var p *PreflightError
	if errors.As(err, &p) {
		r.locate(p.Problems)
	}
	return err
}

// noteEnded keeps scenarios from taking the token that was logged out, and that
// logout, for their own.
func (r *run) noteEnded() {
	e := r.observed.Ended
	if e.Raw == "" || !r.target.Shared() {
		return
	}
	r.seen.add(e.Raw)
	r.seen.end(e.Raw)
	r.cuts.move(e.User, e.At.Add(r.observed.Ahead))
}

// Located is a Target that was read from a file.
type Located interface {
	// Locate says in which file and on which line a key stands, and keeps secrets
	// of the file out of a text about it.
	Locate(key, text string) (where, clean string)
}

func (r *run) locate(problems []preflight.Problem) {
	for i := range problems {
		p := &problems[i]
		if file, ok := r.target.(Located); ok {
			_, p.Fix = file.Locate(p.Key, p.Fix)
			p.Where, p.Seen = file.Locate(p.Key, p.Seen)
		}
		p.Seen, p.Fix = r.redactor.Clean(p.Seen), r.redactor.Clean(p.Fix)
	}
}

// Preflight looks at a target as Run does first, and how long its tokens live,
// and says what it saw, also beside an error, which is a *PreflightError.
func Preflight(ctx context.Context, target Target) (preflight.Observations, error) {
	r := newRun(target, Options{Observe: silence{}})
	if err := r.preflight(ctx); err != nil {
		return r.observed, err
	}
	o, err := r.open(ctx)
	if err != nil {
		return r.observed, err
	}
	defer func() { _ = o.close() }()
	return o.Lifetimes(ctx, r.observed)
}

// PreflightPlan is what a run sends before its first scenario.
func PreflightPlan(target Target) []Planned {
	return preflight.Plan(target.Contract().WithDefaults(), target.Shared())
}
