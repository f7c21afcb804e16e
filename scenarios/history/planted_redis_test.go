package history_test

import (
	"strings"
	"testing"
	"time"

	redisserver "github.com/revocheck/revocheck/fixtures/redis/server"
	redistest "github.com/revocheck/revocheck/fixtures/redis/test"
	"github.com/revocheck/revocheck/reference"
)

// TestPlantedFaultsOverRedisAreCaught cuts a real Redis off again and again:
// each fault shows in the history, and the healthy gateway is sound.
func TestPlantedFaultsOverRedisAreCaught(t *testing.T) {
	for _, fault := range []string{
		"", "ack-before-write", "positive-cache-5s", "replica-never-hears", "fails-open", "falls-back-to-memory", "gives-store-up",
		"stale-when-cut-off",
	} {
		t.Run("fault "+fault, func(t *testing.T) {
			t.Parallel()
			s := redistest.Start(t, redisserver.Options{Source: redisserver.Process, Proxied: true})
			cfg := over(s)
			cfg.Fault = fault
			l := newLoad(t, cfg)
			play := func(round uint64) {
				l.run(16, round+3, outagesOf(l, l.sent.Load()+1600, 200, s.Link.Refuse, s.Link.Heal))
				l.settled()
				l.finish(16)
			}
			if fault == "" {
				play(1)
				l.sound()
				return
			}
			l.caughtIn(5, play)
		})
	}
}

// TestReadingFromALaggingReplicaIsCaught has the gateway write to a primary
// and ask its replica, which hears of each write 50 ms late.
func TestReadingFromALaggingReplicaIsCaught(t *testing.T) {
	t.Parallel()
	primary := redistest.Start(t, redisserver.Options{Source: redisserver.Process, Proxied: true})
	replica := redistest.Start(t, redisserver.Options{Source: redisserver.Process, Args: []string{
		"--replicaof", strings.ReplaceAll(primary.Addr(), ":", " "), "--repl-diskless-sync-delay", "0",
	}})
	within := time.Now().Add(20 * time.Second)
	direct := "redis://" + primary.Direct() + "/0?pool_size=64"
	waiting := newLoad(t, reference.Config{Store: direct, StoreTimeout: time.Second, WaitReplicas: 1})
	for !waiting.replicated() {
		if time.Now().After(within) {
			t.Fatal("the replica does not follow its primary")
		}
	}
	if err := primary.Link.Delay(50 * time.Millisecond); err != nil {
		t.Fatal(err)
	}
	enough := func(l *load) func() bool { return func() bool { return l.sent.Load() < 2000 } }
	sound := newLoad(t, reference.Config{Store: direct, StoreTimeout: patience})
	sound.run(16, 5, enough(sound))
	sound.finish(16)
	sound.sound()
	lagging := newLoad(t, reference.Config{Store: direct + "&read_from=" + replica.Addr(), StoreTimeout: patience})
	lagging.run(16, 5, enough(lagging))
	lagging.caught()
}
