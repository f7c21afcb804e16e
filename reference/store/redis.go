package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/redis/go-redis/v9"
)

// common sets the store's keys apart in a Redis that others use too.
const common = "revocheck:"

// Redis is a Store in one Redis, behind Sentinel or in a Cluster. Keys end by
// the clock of the server.
type Redis struct {
	client redis.UniversalClient
	// reader is asked on every call: the client, unless a URL says otherwise.
	reader redis.UniversalClient
	// prefix of every key.
	prefix string
	// tracked answers in its place what is asked on every call, unless it is nil.
	tracked *tracked
	// waitFor is how many replicas must have a write before it counts.
	waitFor int
}

var _ Store = (*Redis)(nil)

// NewRedis is a store over a client, which it closes. With waitFor above 0 a
// write fails unless that many replicas have acknowledged it.
func NewRedis(client redis.UniversalClient, waitFor int) *Redis {
	return &Redis{client: client, reader: client, prefix: common, waitFor: waitFor}
}

// Add implements List.
func (r *Redis) Add(ctx context.Context, key string, ttl time.Duration) error {
	if ttl <= 0 && ttl != Forever {
		return nil
	}
	key = r.prefix + "dead:" + key
	err := r.write(ctx, key, func(c redis.Cmdable) redis.Cmder {
		if ttl == Forever {
			return c.Set(ctx, key, 1, 0)
		}
		return c.Set(ctx, key, 1, time.Duration(milliseconds(ttl))*time.Millisecond)
	})
	if err != nil || r.tracked == nil {
		return err
	}
	return r.tracked.own.Add(ctx, key, ttl)
}

// Has implements List.
func (r *Redis) Has(ctx context.Context, key string) (bool, error) {
	if r.tracked != nil {
		return r.tracked.has(ctx, r.prefix+"dead:"+key)
	}
	n, err := r.reader.Exists(ctx, r.prefix+"dead:"+key).Result()
	if err != nil {
		return false, unreachable(err)
	}
	return n > 0, nil
}

// Join implements Generations.
func (r *Redis) Join(ctx context.Context, user string, ttl time.Duration) (int64, error) {
	return r.raise(ctx, user, 0, ttl)
}

// Generation implements Generations.
func (r *Redis) Generation(ctx context.Context, user string) (int64, error) {
	if r.tracked != nil {
		return r.tracked.generation(ctx, r.prefix+"generation:"+user)
	}
	n, err := r.reader.Get(ctx, r.prefix+"generation:"+user).Int64()
	if err != nil && err != redis.Nil {
		return 0, unreachable(err)
	}
	return n, nil
}

// Raise implements Generations.
func (r *Redis) Raise(ctx context.Context, user string, to int64, ttl time.Duration) error {
	_, err := r.raise(ctx, user, to, ttl)
	return err
}

// raiseScript moves a generation up and its end back, each only if that is
// further: two logouts at once must not undo one another.
const raiseScript = `
local number = math.max(tonumber(redis.call('GET', KEYS[1]) or '0'), tonumber(ARGV[1]))
local left, ttl = redis.call('PTTL', KEYS[1]), tonumber(ARGV[2])
local text = string.format('%.0f', number)
if left == -1 or ttl == -1 then
  redis.call('SET', KEYS[1], text)
else
  redis.call('SET', KEYS[1], text, 'PX', string.format('%.0f', math.max(left, ttl)))
end
return number`

func (r *Redis) raise(ctx context.Context, user string, to int64, ttl time.Duration) (int64, error) {
	key := r.prefix + "generation:" + user
	life := int64(-1)
	if ttl != Forever {
		life = max(milliseconds(ttl), 1)
	}
	var cmd *redis.Cmd
	err := r.write(ctx, key, func(c redis.Cmdable) redis.Cmder {
		cmd = c.Eval(ctx, raiseScript, []string{key}, to, life)
		return cmd
	})
	if err != nil {
		return 0, err
	}
	number, err := cmd.Int64()
	if err == nil && r.tracked != nil {
		err = r.tracked.own.Raise(ctx, key, number, ttl)
	}
	return number, err
}

// Len implements Store. It walks the whole key space.
func (r *Redis) Len(ctx context.Context) (int, error) {
	if cluster, ok := r.client.(*redis.ClusterClient); ok {
		return r.lenOfCluster(ctx, cluster)
	}
	return r.count(ctx, r.client)
}

// Close implements Store.
func (r *Redis) Close() error {
	err := r.client.Close()
	if r.reader != r.client {
		err = errors.Join(err, r.reader.Close())
	}
	if r.tracked != nil {
		r.tracked.client.Close()
	}
	return err
}

// milliseconds rounds up. Go's int64 holds every lifetime; servers and
// clients that count milliseconds in 32 bits end after 24.8 days.
func milliseconds(d time.Duration) int64 {
	return int64((d + time.Millisecond - 1) / time.Millisecond)
}

// unreachable marks an error as one of the store, whatever its cause.
func unreachable(err error) error { return fmt.Errorf("%w: %w", ErrUnreachable, err) }
