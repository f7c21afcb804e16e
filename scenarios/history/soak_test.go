//go:build soak

package history_test

import (
	"context"
	"math/rand/v2"
	"testing"
	"time"

	redisserver "github.com/revocheck/revocheck/fixtures/redis/server"
	redistest "github.com/revocheck/revocheck/fixtures/redis/test"
)

const (
	soakClients    = 64
	soakTime       = time.Minute
	soakOperations = 100_000
)

// TestSoak holds that a deny-list in Redis that writes each revocation to disk
// leaks nothing and loses nothing, whatever happens to Redis.
func TestSoak(t *testing.T) {
	l, happened := storm(t, redisserver.Options{Persistence: redisserver.Always}, soakClients, length{time: soakTime, operations: soakOperations}, uint64(time.Now().UnixNano()))
	l.sound()
	if n := l.sent.Load(); n <= soakOperations {
		t.Errorf("%d operations; more than %d are needed", n, soakOperations)
	}
	for _, name := range []string{"pause", "kill", "partition"} {
		if happened[name] < 3 {
			t.Errorf("%s happened %d times; 3 at least", name, happened[name])
		}
	}
}

// TestSoakCountsLosses counts what weaker persistence loses in the same storm.
func TestSoakCountsLosses(t *testing.T) {
	for name, o := range map[string]redisserver.Options{
		"everysec":       {Persistence: redisserver.EverySecond},
		"no persistence": {Persistence: redisserver.None},
	} {
		t.Run(name, func(t *testing.T) {
			l, _ := storm(t, o, soakClients, length{time: soakTime / 4}, 1)
			lost := l.check().Lost()
			t.Logf("%s: lost %d of %d acknowledged logouts", name, lost, len(l.dead))
			if o.Persistence == redisserver.None && lost == 0 {
				t.Error("a store without persistence was killed and lost nothing: the count cannot be right")
			}
		})
	}
}

// TestSoakCountsEvictions counts what a Redis drops that another tenant fills,
// and that may evict any key.
func TestSoakCountsEvictions(t *testing.T) {
	s := redistest.Start(t, redisserver.Options{Persistence: redisserver.Always, MaxMemory: "4mb", Policy: "allkeys-lru"})
	l := newLoad(t, over(s))
	ctx, cancel := context.WithTimeout(t.Context(), soakTime/4)
	defer cancel()
	done := make(chan int)
	go func() { done <- tenant(ctx, t, s) }()
	l.run(soakClients, 1, func() bool { return ctx.Err() == nil })
	filled := <-done
	l.settled()
	l.finish(soakClients)
	lost := l.check().Lost()
	t.Logf("allkeys-lru: filled %d times, lost %d of %d acknowledged logouts", filled, lost, len(l.dead))
	if filled == 0 || lost == 0 {
		t.Error("the store was filled, and nothing was lost: the count cannot be right")
	}
}

// tenant fills a server again and again until the context ends.
func tenant(ctx context.Context, t testing.TB, s *redisserver.Server) (filled int) {
	choice := rand.New(rand.NewPCG(1, 0))
	for pass(ctx, choice, 200, 800) {
		if err := s.Fill(ctx); err == nil {
			filled++
		} else if ctx.Err() == nil {
			t.Error(err)
		}
	}
	return filled
}

// TestSoakCountsFailoverLosses counts what failovers lose, each of a primary
// whose replica lags: with asynchronous replication, and with logouts that
// wait for the replica (WAIT), which lose nothing.
func TestSoakCountsFailoverLosses(t *testing.T) {
	for name, wait := range map[string]int{"asynchronous": 0, "waiting for a replica": 1} {
		t.Run(name, func(t *testing.T) {
			l, s := behindSentinel(t, wait)
			ctx, cancel := context.WithTimeout(t.Context(), soakTime)
			defer cancel()
			done := make(chan int)
			go func() { done <- failovers(ctx, t, s, 1) }()
			l.run(soakClients, 1, func() bool { return ctx.Err() == nil })
			happened := <-done
			l.settled()
			l.finish(soakClients)
			r := l.check()
			lost := r.Lost()
			t.Logf("%s: %d failovers lost %d of %d acknowledged logouts; %d more tokens came back whose logout had shown and was never acknowledged",
				name, happened, lost, len(l.dead), len(r.Violations)-lost)
			switch {
			case happened == 0:
				t.Error("there was no failover")
			case wait == 0 && lost == 0:
				t.Error("failovers with a lagging replica lost nothing: the count cannot be right")
			case wait > 0 && lost > 0:
				t.Error("a logout was lost that a replica had acknowledged")
			}
		})
	}
}
