package history_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"

	"github.com/redis/go-redis/v9"

	redisserver "github.com/revocheck/revocheck/fixtures/redis/server"
	redistest "github.com/revocheck/revocheck/fixtures/redis/test"
	"github.com/revocheck/revocheck/scenarios/history"
)

// logouts is how many are acknowledged before the store is put to the test.
const logouts = 600

// TestWhatAStoreLoses counts the acknowledged logouts that do not survive.
func TestWhatAStoreLoses(t *testing.T) {
	t.Parallel()
	all := func(lost int) bool { return lost == logouts }
	none := func(lost int) bool { return lost == 0 }
	some := func(lost int) bool { return lost > 0 }
	for name, c := range map[string]struct {
		options redisserver.Options
		harm    func(*testing.T, *redisserver.Server)
		want    func(int) bool
	}{
		"killed without persistence":       {redisserver.Options{}, crash, all},
		"killed with appendfsync always":   {redisserver.Options{Persistence: redisserver.Always}, crash, none},
		"killed with appendfsync everysec": {redisserver.Options{Persistence: redisserver.EverySecond}, crashWritten, none},
		"full with allkeys-lru":            {redisserver.Options{MaxMemory: "3mb", Policy: "allkeys-lru"}, fill, some},
		"full with noeviction":             {redisserver.Options{MaxMemory: "3mb", Policy: "noeviction"}, fill, none},
	} {
		t.Run(name, func(t *testing.T) {
			s := redistest.Start(t, c.options)
			l := newLoad(t, patientlyOver(s))
			l.end(logouts)
			c.harm(t, s)
			l.settled()
			l.finish(8)
			lost := l.check().Lost()
			t.Logf("lost %d of %d acknowledged logouts", lost, logouts)
			if !c.want(lost) {
				t.Errorf("lost %d of %d acknowledged logouts", lost, logouts)
			}
		})
	}
}

// end logs new tokens out at random replicas.
func (l *load) end(n int) {
	var all sync.WaitGroup
	const clients = 8
	for client := range clients {
		all.Go(func() {
			choice := rand.New(rand.NewPCG(7, uint64(client)))
			for range n / clients {
				c := l.login()
				if l.ask(client, choice.IntN(replicas), history.Logout, c) != history.Accepted {
					l.Error("a logout was not acknowledged")
				}
				l.mu.Lock()
				l.dead = append(l.dead, c)
				l.mu.Unlock()
			}
		})
	}
	all.Wait()
}

// crash ends the server as a crash of its process does. What it handed to the
// kernel outlives it; a machine that loses power may lose the last second of
// everysec as well, which no test in one machine can show.
func crash(t *testing.T, s *redisserver.Server) {
	t.Helper()
	if err := s.Kill(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := s.Restart(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// crashWritten is a crash once every write is with the kernel: with everysec
// Redis puts a write off, for two seconds at most, while an fsync runs.
func crashWritten(t *testing.T, s *redisserver.Server) {
	t.Helper()
	c := redis.NewClient(&redis.Options{Addr: s.Addr()})
	defer c.Close()
	for info := ""; !strings.Contains(info, "aof_buffer_length:0\r"); {
		var err error
		if info, err = c.Info(t.Context(), "persistence").Result(); err != nil {
			t.Fatal(err)
		}
	}
	crash(t, s)
}

// fill writes other keys until the memory is used up, as another tenant would.
func fill(t *testing.T, s *redisserver.Server) {
	t.Helper()
	c := redis.NewClient(&redis.Options{Addr: s.Addr()})
	defer c.Close()
	pipe := c.Pipeline()
	for i := range 20_000 {
		pipe.Set(t.Context(), fmt.Sprint("tenant:", i), strings.Repeat("x", 200), 0)
	}
	_, err := pipe.Exec(t.Context())
	if err != nil && !strings.HasPrefix(err.Error(), "OOM") {
		t.Fatal(err)
	}
}
