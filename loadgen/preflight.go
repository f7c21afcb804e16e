package loadgen

import (
	"context"
	"fmt"
	"net/http"

	"github.com/revocheck/revocheck/loadgen/send"
)

// preflight sends one call of each class to each side and refuses to load a
// target whose answers could not be judged.
func (b *bench) preflight(ctx context.Context) error {
	for _, l := range b.lanes {
		mix := b.plan.Mix
		if l.side.Mix != nil {
			mix = *l.side.Mix
		}
		for c := range classes {
			if mix.Share(c) == 0 {
				continue
			}
			if err := l.tryOut(ctx, b.plan, Call{Class: c, Index: b.calls}); err != nil {
				return fmt.Errorf("side %s: %w", l.side.Name, err)
			}
			b.calls++
		}
	}
	return nil
}

func (l *lane) tryOut(ctx context.Context, p Plan, c Call) error {
	if c.Class == NeverSeen && l.side.Prepare != nil {
		if err := l.side.Prepare(ctx, []Call{c}); err != nil {
			return fmt.Errorf("getting a %s token ready: %w", c.Class, err)
		}
	}
	req, err := l.side.NewRequest(ctx, c)
	if err != nil {
		return fmt.Errorf("building a call with a %s token: %w", c.Class, err)
	}
	client := http.Client{Transport: l.transport, Timeout: p.Timeout, CheckRedirect: send.KeepRedirect}
	res, err := client.Do(req)
	if err != nil {
		return fmt.Errorf("%w: the first call with a %s token: %s", ErrUnreachable, c.Class, send.FaultKind(err.Error()))
	}
	if err := res.Body.Close(); err != nil {
		return fmt.Errorf("%w: the answer broke off", ErrUnreachable)
	}
	return l.understand(c.Class, res.StatusCode)
}

// understand lets leaks and over-blocks through, which the run will count; an
// answer that says nothing of a good token makes the whole run pointless.
func (l *lane) understand(c Class, status int) error {
	if l.side.judge(c, status) == Fault && c.good() {
		return fmt.Errorf("%w: a %s token gets status %d, which is declared neither as accepted nor as refused",
			ErrUnjudged, c, status)
	}
	return nil
}
