package wire

import (
	"context"
	"time"
)

// Pause is true after so long, and false once the context ends.
func Pause(ctx context.Context, d time.Duration) bool {
	select {
	case <-time.After(d):
		return true
	case <-ctx.Done():
		return false
	}
}
