package apim

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"github.com/revocheck/revocheck/reference/apim"
	"github.com/revocheck/revocheck/reference/apim/cache"
)

var errAway = errors.New("the external cache is away")

// cache stands in for an external Redis: all regions share it, and it can be
// taken away or lose what it holds.
type externalCache struct {
	held *cache.Memory
	away atomic.Bool

	mu   sync.Mutex
	keys map[string]time.Time // when each ends
	now  func() time.Time
}

var _ cache.Cache = (*externalCache)(nil)

func newCache(c apim.Clock, delay time.Duration) *externalCache {
	return &externalCache{held: cache.NewMemory(c, delay), keys: map[string]time.Time{}, now: c.Now}
}

// Store keeps a value, unless the cache is away.
func (c *externalCache) Store(ctx context.Context, key, value string, ttl time.Duration) error {
	if c.away.Load() {
		return errAway
	}
	c.mu.Lock()
	c.keys[key] = c.now().Add(ttl)
	c.mu.Unlock()
	return c.held.Store(ctx, key, value, ttl)
}

// Lookup finds a value, unless the cache is away.
func (c *externalCache) Lookup(ctx context.Context, key string) (string, bool, error) {
	if c.away.Load() {
		return "", false, errAway
	}
	return c.held.Lookup(ctx, key)
}

// Remove forgets a value, unless the cache is away.
func (c *externalCache) Remove(ctx context.Context, key string) error {
	if c.away.Load() {
		return errAway
	}
	c.mu.Lock()
	delete(c.keys, key)
	c.mu.Unlock()
	return c.held.Remove(ctx, key)
}

func (c *externalCache) cut() error {
	c.away.Store(true)
	return nil
}

func (c *externalCache) mend() error {
	c.away.Store(false)
	return nil
}

// restart loses everything: nothing was written to disk.
func (c *externalCache) restart() error {
	c.mu.Lock()
	clear(c.keys)
	c.mu.Unlock()
	c.held.Clear()
	return nil
}

// size counts the entries that have not ended.
func (c *externalCache) size(context.Context) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	n := 0
	for _, end := range c.keys {
		if end.After(c.now()) {
			n++
		}
	}
	return n, nil
}
