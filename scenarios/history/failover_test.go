package history_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	redisserver "github.com/revocheck/revocheck/fixtures/redis/server"
	redistest "github.com/revocheck/revocheck/fixtures/redis/test"
	"github.com/revocheck/revocheck/reference"
	"github.com/revocheck/revocheck/scenarios/history"
)

// failoverTime bounds one failover: Sentinel looks for the returned server
// every ten seconds.
const failoverTime = time.Minute

// behindSentinel is a gateway whose logouts wait for so many replicas.
func behindSentinel(t testing.TB, wait int) (*load, *redisserver.Server) {
	t.Helper()
	s := redistest.Start(t, redisserver.Options{Topology: redisserver.Sentinel, Source: redisserver.Process})
	store := s.URL() + "&pool_size=64"
	return newLoad(t, reference.Config{Store: store, StoreTimeout: time.Second, WaitReplicas: wait}), s
}

// tried logs new tokens out, eight at a time, and counts those that were
// acknowledged.
func (l *load) tried(n int) int {
	var all sync.WaitGroup
	var mu sync.Mutex
	before := len(l.dead)
	for client := range 8 {
		all.Go(func() {
			choice := rand.New(rand.NewPCG(8, uint64(client)))
			for range n / 8 {
				c := l.login()
				if l.ask(client, choice.IntN(replicas), history.Logout, c) == history.Accepted {
					mu.Lock()
					l.dead = append(l.dead, c)
					mu.Unlock()
				}
			}
		})
	}
	all.Wait()
	return len(l.dead) - before
}

// replicated reports whether a logout is acknowledged.
func (l *load) replicated() bool { return l.ask(0, 0, history.Logout, l.login()) == history.Accepted }

// TestAFailoverLosesWhatNoReplicaHas counts what is lost when the primary dies
// while its replica lags: all that was acknowledged by the primary alone, and
// nothing that waited for the replica.
func TestAFailoverLosesWhatNoReplicaHas(t *testing.T) {
	const with, without = 24, 40 // logouts, with a replica and without
	for name, c := range map[string]struct {
		wait  int
		wants func(in, out, lost int) bool
	}{
		// What is under way to the replica when it is cut off may be lost too.
		"asynchronous":        {0, func(in, out, lost int) bool { return out > 0 && lost >= out && lost <= in+out }},
		"waiting for replica": {1, func(in, out, lost int) bool { return in > 0 && out == 0 && lost == 0 }},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l, s := behindSentinel(t, c.wait)
			ctx, cancel := context.WithTimeout(t.Context(), failoverTime)
			defer cancel()
			for !l.replicated() && ctx.Err() == nil {
			}
			in := l.tried(with)
			if err := s.StopReplication(ctx); err != nil {
				t.Fatal(err)
			}
			out := l.tried(without)
			if err := s.FailOver(ctx); err != nil {
				t.Fatal(err)
			}
			l.settled()
			l.finish(8)
			lost := l.check().Lost()
			t.Logf("lost %d of %d acknowledged logouts; %d of %d without a replica were acknowledged", lost, in+out, out, without)
			if !c.wants(in, out, lost) {
				t.Errorf("lost %d; %d were acknowledged with a replica and %d without", lost, in, out)
			}
		})
	}
}

// failovers lets the replica lag and the primary die, again and again, until
// the context ends, and leaves the servers whole.
func failovers(ctx context.Context, t testing.TB, s *redisserver.Server, seed uint64) (happened int) {
	choice := rand.New(rand.NewPCG(seed, 0))
	for pass(ctx, choice, 500, 2000) {
		mending, cancel := context.WithTimeout(context.WithoutCancel(ctx), failoverTime)
		err := s.StopReplication(mending)
		pass(ctx, choice, 20, 200)
		err = errors.Join(err, s.FailOver(mending))
		cancel()
		if err != nil {
			t.Error(err)
			return happened
		}
		happened++
	}
	return happened
}
