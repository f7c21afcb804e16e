package store

import (
	"context"
	"errors"
	"sync/atomic"
	"time"

	"github.com/redis/go-redis/v9"
)

// ErrNotReplicated is the error of a write that too few replicas have
// acknowledged in time. The primary may hold it all the same.
var ErrNotReplicated = errors.New("too few replicas have acknowledged the write")

// replicationTimeout bounds the wait for replicas by half the time-out of a
// read (read_timeout in the URL), so that the server's answer is the one that is
// seen.
func replicationTimeout(client redis.UniversalClient) time.Duration {
	switch c := client.(type) {
	case *redis.Client:
		return c.Options().ReadTimeout / 2
	case *redis.ClusterClient:
		return c.Options().ReadTimeout / 2
	}
	return redisTimeout / 2
}

// write runs a command, and waits for replicas if that is asked for.
func (r *Redis) write(ctx context.Context, key string, run func(redis.Cmdable) redis.Cmder) error {
	if r.waitFor == 0 {
		return asUnreachable(run(r.client).Err())
	}
	node, err := r.primary(ctx, key)
	if err != nil {
		return unreachable(err)
	}
	return r.writeAndWait(ctx, node, run)
}

// writeAndWait sends both commands in one pipeline, because WAIT speaks of
// the writes of its own connection.
func (r *Redis) writeAndWait(ctx context.Context, node redis.Cmdable, run func(redis.Cmdable) redis.Cmder) error {
	pipe := node.Pipeline()
	run(pipe)
	wait := pipe.Do(ctx, "WAIT", r.waitFor, replicationTimeout(r.client).Milliseconds())
	if _, err := pipe.Exec(ctx); err != nil {
		return unreachable(err)
	}
	acknowledged, err := wait.Int()
	if err != nil {
		return unreachable(err)
	}
	if acknowledged < r.waitFor {
		return ErrNotReplicated
	}
	return nil
}

// primary is the server that a key is written to.
func (r *Redis) primary(ctx context.Context, key string) (redis.Cmdable, error) {
	if cluster, ok := r.client.(*redis.ClusterClient); ok {
		return cluster.MasterForKey(ctx, key)
	}
	return r.client, nil
}

func asUnreachable(err error) error {
	if err == nil {
		return nil
	}
	return unreachable(err)
}

func (r *Redis) lenOfCluster(ctx context.Context, cluster *redis.ClusterClient) (int, error) {
	var total atomic.Int64
	err := cluster.ForEachMaster(ctx, func(ctx context.Context, node *redis.Client) error {
		n, err := r.count(ctx, node)
		total.Add(int64(n))
		return err
	})
	return int(total.Load()), err
}

func (r *Redis) count(ctx context.Context, client redis.Cmdable) (int, error) {
	n := 0
	keys := client.Scan(ctx, 0, r.prefix+"*", 1000).Iterator()
	for keys.Next(ctx) {
		n++
	}
	return n, asUnreachable(keys.Err())
}
