package store

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/url"
	"strconv"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/redis/rueidis"

	"github.com/revocheck/revocheck/reference/clock"
)

// TrackedWindow is for how long a store with cache=tracked may call a token
// alive after another gateway has ended it. While the connection is well that is
// some milliseconds; one that is cut without a word is found out by three of
// the times below.
const TrackedWindow = 2 * time.Second

const (
	// trackedPing is after how much silence Redis is asked for a sign of life.
	trackedPing = 200 * time.Millisecond
	// trackedPatience is how long it may take to give one.
	trackedPatience = 500 * time.Millisecond
	// trackedFor bounds how long an answer is kept that nothing changes.
	trackedFor = 10 * time.Minute
)

// tracked asks Redis once, and again after Redis has told that the answer has
// changed (client-side caching, CLIENT TRACKING). What this process itself has
// ended it knows without being told: that must hold before a logout is
// acknowledged. Without its connection it knows nothing.
type tracked struct {
	client rueidis.Client
	own    *Memory
}

// newTracked makes a reader of what one server holds. It connects at once.
func newTracked(o *redis.Options) (*tracked, error) {
	client, err := rueidis.NewClient(rueidis.ClientOption{
		InitAddress: []string{o.Addr}, Username: o.Username, Password: o.Password, SelectDB: o.DB, TLSConfig: o.TLSConfig,
		Dialer:           net.Dialer{Timeout: o.DialTimeout, KeepAlive: trackedPing},
		DialCtxFn:        dialer(o.Network),
		ConnWriteTimeout: trackedPatience, ForceSingleClient: true, DisableRetry: true,
	})
	if err != nil {
		return nil, unreachable(err)
	}
	return &tracked{client: client, own: NewMemory(clock.System())}, nil
}

// dialer reaches a socket as well, which the client would take for a host.
func dialer(network string) func(context.Context, string, *net.Dialer, *tls.Config) (net.Conn, error) {
	return func(ctx context.Context, addr string, d *net.Dialer, config *tls.Config) (net.Conn, error) {
		if config == nil {
			return d.DialContext(ctx, network, addr)
		}
		return (&tls.Dialer{NetDialer: d, Config: config}).DialContext(ctx, network, addr)
	}
}

// get is the value of a key; 0 if there is none.
func (c *tracked) get(ctx context.Context, key string) (int64, error) {
	n, err := c.client.DoCache(ctx, c.client.B().Get().Key(key).Cache(), trackedFor).AsInt64()
	if rueidis.IsRedisNil(err) {
		return 0, nil
	}
	if err != nil {
		return 0, unreachable(err)
	}
	return n, nil
}

func (c *tracked) has(ctx context.Context, key string) (bool, error) {
	if own, err := c.own.Has(ctx, key); own || err != nil {
		return own, err
	}
	n, err := c.get(ctx, key)
	return n > 0, err
}

// generation is the higher of what this process has raised it to and of what
// Redis says: neither ever falls while a token lives that it speaks of.
func (c *tracked) generation(ctx context.Context, key string) (int64, error) {
	own, err := c.own.Generation(ctx, key)
	if err != nil {
		return 0, err
	}
	n, err := c.get(ctx, key)
	return max(own, n), err
}

// takeCache removes the parameter cache from the URL; true if it is "tracked".
func takeCache(u *url.URL) (bool, error) {
	switch cache := take(u, "cache"); {
	case cache == "":
		return false, nil
	case cache != "tracked":
		return false, errors.New("cache " + strconv.Quote(cache) + " is unknown; the only one is tracked")
	case redisKind(u) != "single" && redisKind(u) != "unix":
		return false, errors.New("cache=tracked is for one server: with Sentinel or a Cluster nobody would tell of what another server has")
	case u.Query().Has("read_from"):
		return false, errors.New("cache=tracked and read_from exclude each other: a replica lags, and a cache of it more so")
	}
	return true, nil
}

// Tracked tells whether a Redis URL asks for cache=tracked.
func Tracked(text string) bool {
	u, err := url.Parse(text)
	return err == nil && u.Query().Get("cache") == "tracked"
}
