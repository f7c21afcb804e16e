package store

import (
	"context"
	"net"
	"sync"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/redis/go-redis/v9"

	"github.com/revocheck/revocheck/reference/clock"
)

// ownTimeout is long: a server in this process is never away, and late only
// where the machine is busy. A use with a deadline ends by that.
const ownTimeout = 20 * time.Second

// OpenMiniredis starts a Redis look-alike in this process, reached over
// loopback. Its keys end by the given clock.
func OpenMiniredis(c clock.Clock) (Store, error) {
	quiet()
	server := miniredis.NewMiniRedis()
	if err := server.Start(); err != nil {
		return nil, err
	}
	server.SetTime(c.Now())
	server.ClockTTL(true)
	client := redis.NewClient(&redis.Options{
		Addr: server.Addr(), DialTimeout: ownTimeout, ReadTimeout: ownTimeout, WriteTimeout: ownTimeout,
		ContextTimeoutEnabled: true, MaintNotificationsConfig: noNotifications(),
	})
	client.AddHook(&clockHook{clock: c, server: server})
	return &ownServer{Redis: NewRedis(client, 0), server: server}, nil
}

// ownServer stops the server with the store.
type ownServer struct {
	*Redis
	server *miniredis.Miniredis
}

// Forget drops every key.
func (o *ownServer) Forget() error {
	o.server.FlushAll()
	return nil
}

// Close implements Store.
func (o *ownServer) Close() error {
	err := o.Redis.Close()
	o.server.Close()
	return err
}

// clockHook tells the server the time before each command.
type clockHook struct {
	clock  clock.Clock
	server *miniredis.Miniredis

	mu   sync.Mutex
	last time.Time
}

// tell never sets the time back: the server would count the same interval
// twice, and so end keys early under load.
func (h *clockHook) tell() {
	h.mu.Lock()
	defer h.mu.Unlock()
	if now := h.clock.Now(); now.After(h.last) {
		h.last = now
		h.server.SetTime(now)
	}
}

// DialHook implements redis.Hook.
func (h *clockHook) DialHook(next redis.DialHook) redis.DialHook {
	return func(ctx context.Context, network, addr string) (net.Conn, error) { return next(ctx, network, addr) }
}

// ProcessHook implements redis.Hook.
func (h *clockHook) ProcessHook(next redis.ProcessHook) redis.ProcessHook {
	return func(ctx context.Context, cmd redis.Cmder) error {
		h.tell()
		return next(ctx, cmd)
	}
}

// ProcessPipelineHook implements redis.Hook.
func (h *clockHook) ProcessPipelineHook(next redis.ProcessPipelineHook) redis.ProcessPipelineHook {
	return func(ctx context.Context, cmds []redis.Cmder) error {
		h.tell()
		return next(ctx, cmds)
	}
}
