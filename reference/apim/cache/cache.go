// Package cache holds what cache policies store.
package cache

import (
	"context"
	"errors"
	"time"
)

// Cache is the built-in cache of a region, or an external one such as Redis. Values are opaque text.
type Cache interface {
	Store(ctx context.Context, key, value string, ttl time.Duration) error
	Lookup(ctx context.Context, key string) (value string, found bool, err error)
	Remove(ctx context.Context, key string) error
}

// None is a cache that cannot be reached.
type None struct{}

var errNone = errors.New("there is no cache")

// Store fails.
func (None) Store(context.Context, string, string, time.Duration) error { return errNone }

// Lookup fails.
func (None) Lookup(context.Context, string) (string, bool, error) { return "", false, errNone }

// Remove fails.
func (None) Remove(context.Context, string) error { return errNone }
