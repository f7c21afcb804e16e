package history_test

import (
	"context"
	"testing"
	"time"

	redisserver "github.com/revocheck/revocheck/fixtures/redis/server"
	redistest "github.com/revocheck/revocheck/fixtures/redis/test"
	"github.com/revocheck/revocheck/reference"
	"github.com/revocheck/revocheck/scenarios/history"
)

const (
	// impatience is a store's time-out that is short, so that an outage does not
	// hold every client up, and that a busy machine seldom uses up.
	impatience = 500 * time.Millisecond
	// patience is one that a busy machine does not use up, where there is no
	// outage.
	patience = 20 * time.Second
)

func over(s *redisserver.Server) reference.Config {
	return reference.Config{Strategy: "denylist", Store: s.URL() + "?pool_size=64", StoreTimeout: impatience}
}

func patientlyOver(s *redisserver.Server) reference.Config {
	cfg := over(s)
	cfg.Store += "&dial_timeout=20s&read_timeout=20s&write_timeout=20s&pool_timeout=20s"
	cfg.StoreTimeout = patience
	return cfg
}

// length of a storm: so long, and on until so many operations were sent and so
// many tokens ended, but no longer than twenty times as long. A busy machine
// needs the time.
type length struct {
	time       time.Duration
	operations int64
	ended      int
}

func (want length) more(l *load) func() bool {
	began := time.Now()
	return func() bool {
		took := time.Since(began)
		enough := l.sent.Load() > want.operations && l.ended() >= want.ended
		return took < want.time || !enough && took < 20*want.time
	}
}

// storm runs a load over a Redis in trouble and gives it when all is whole
// again, with how often each trouble happened.
func storm(t testing.TB, o redisserver.Options, clients int, want length, seed uint64) (*load, map[string]int) {
	t.Helper()
	o.Proxied = true
	s := redistest.Start(t, o)
	l := newLoad(t, over(s))
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	done, began := make(chan map[string]int), time.Now()
	go func() { done <- chaos(ctx, t, s, seed) }()
	l.run(clients, seed, want.more(l))
	took := time.Since(began)
	cancel()
	happened := <-done
	t.Logf("seed %d: %d operations in %v; troubles: %v", seed, l.sent.Load(), took.Round(time.Second), happened)
	l.settled()
	l.finish(clients)
	return l, happened
}

// settled waits until every replica tells a token's state again.
func (l *load) settled() {
	c := l.login()
	for replica := range replicas {
		if l.told(replica, c) == history.Unknown {
			l.Fatalf("replica %d does not reach its store again", replica+1)
		}
	}
}

// TestRedisInTroubleLosesNothing is the short form of the soak: make soak runs
// the long one.
func TestRedisInTroubleLosesNothing(t *testing.T) {
	t.Parallel()
	l, happened := storm(t, redisserver.Options{Persistence: redisserver.Always}, 64, length{time: 5 * time.Second, ended: 20}, 1)
	l.sound()
	if happened["kill"]+happened["pause"]+happened["partition"] == 0 {
		t.Errorf("Redis was never in trouble: %v", happened)
	}
}
