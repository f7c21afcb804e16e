package gateway

import (
	"context"
	"fmt"
	"time"

	"github.com/revocheck/revocheck/reference/store"
)

// Preload puts n revocations of tokens that nobody holds straight into the
// store, as the strategy would after as many logouts. It is for measuring
// what a large store costs. A strategy that keeps nothing is given nothing.
func (d *Deployment) Preload(ctx context.Context, n int, ttl time.Duration) error {
	var kind store.Kind
	switch d.site.Config.Strategy {
	case "client-side", "short-expiry":
		return nil
	case "not-before":
		kind = store.CutOff
	}
	if err := store.Preload(ctx, d.store.Store, kind, n, ttl); err != nil {
		return fmt.Errorf("preloading %d revocations: %w", n, err)
	}
	return nil
}
