//go:build unix

package interrupt

import (
	"context"
	"syscall"
	"testing"
)

// The first interrupt of either kind ends the context, and not the program.
func TestAnInterruptEndsTheContext(t *testing.T) {
	for _, s := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM} {
		ctx, stop := Context(t.Context())
		if err := syscall.Kill(syscall.Getpid(), s); err != nil {
			t.Fatal(err)
		}
		<-ctx.Done()
		stop()
	}
	ctx, stop := Context(t.Context())
	stop()
	if <-ctx.Done(); ctx.Err() != context.Canceled {
		t.Error(ctx.Err())
	}
}
