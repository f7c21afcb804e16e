//go:build soak

package history_test

import (
	"testing"
	"time"

	"github.com/revocheck/revocheck/fixtures/redisserver"
)

const (
	soakClients    = 64
	soakTime       = time.Minute
	soakOperations = 100_000
)

// TestSoak holds that a deny-list in Redis that writes each revocation to disk
// leaks nothing and loses nothing, whatever happens to Redis.
func TestSoak(t *testing.T) {
	l, happened := storm(t, redisserver.Options{Persistence: redisserver.Always}, soakClients, length{soakTime, soakOperations}, uint64(time.Now().UnixNano()))
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
// What eviction loses, TestWhatAStoreLoses counts: it needs a tenant that
// fills the memory.
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
