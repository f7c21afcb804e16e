package subject

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/revocheck/revocheck/cmd/revocheck/internal/exit"
	"github.com/revocheck/revocheck/scenarios/target/remote"
)

// MostReplicas is how many replicas of the reference gateway, or regions of the
// emulated service, can be asked for.
const MostReplicas = 100

// Replicas is a usage error unless so many can be started.
func Replicas(flag string, n int) error {
	if n < 1 || n > MostReplicas {
		return exit.Usage("--%s %d: it is at least 1 and at most %d", flag, n, MostReplicas)
	}
	return nil
}

// Load reads a target file. An interrupt ends that too.
func Load(ctx context.Context, file string) (*remote.Target, error) {
	type loaded struct {
		target *remote.Target
		err    error
	}
	done := make(chan loaded, 1)
	go func() {
		t, err := remote.Load(file, os.LookupEnv)
		done <- loaded{t, err}
	}()
	select {
	case <-ctx.Done():
		cause := context.Cause(ctx)
		if errors.Is(cause, context.Canceled) {
			cause = errors.New("interrupted")
		}
		return nil, exit.Broken(fmt.Errorf("%w while %s was read", cause, file))
	case l := <-done:
		if l.err != nil {
			return nil, exit.Usage("%w", l.err)
		}
		return l.target, nil
	}
}
