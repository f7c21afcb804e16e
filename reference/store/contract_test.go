package store_test

import (
	"errors"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/revocheck/revocheck/reference/clock"
	"github.com/revocheck/revocheck/reference/store"
)

// subject is a store under the contract. A unit is long enough for a call to
// fit in, and pass lets one pass.
type subject struct {
	store.Store
	unit time.Duration
	pass func(time.Duration)
}

// subjects are all the stores that the gateway can run on.
var subjects = map[string]func(*testing.T) subject{
	"memory": func(t *testing.T) subject {
		c := clock.NewMovable()
		return moving(t, c, store.NewMemory(c), nil)
	},
	"breakable": func(t *testing.T) subject {
		c := clock.NewMovable()
		return moving(t, c, store.NewBreakable(store.NewMemory(c)), nil)
	},
	"miniredis": func(t *testing.T) subject {
		c := clock.NewMovable()
		s, err := store.OpenMiniredis(c)
		return moving(t, c, s, err)
	},
	"sqlite-memory": func(t *testing.T) subject {
		c := clock.NewMovable()
		s, err := store.OpenSQLite("", c)
		return moving(t, c, s, err)
	},
	"sqlite-file": func(t *testing.T) subject {
		c := clock.NewMovable()
		s, err := store.OpenSQLite(filepath.Join(t.TempDir(), "a b?#.db"), c)
		return moving(t, c, s, err)
	},
	"redis": func(t *testing.T) subject {
		return flowing(openRedis(t, redisServer(t), 0))
	},
	"redis-cluster": func(t *testing.T) subject {
		return flowing(openRedis(t, redisCluster(t), 0))
	},
}

// flowing: Redis has a clock of its own, which nothing moves but time.
func flowing(s store.Store) subject {
	return subject{s, time.Second, time.Sleep}
}

func moving(t *testing.T, c *clock.Movable, s store.Store, err error) subject {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("closing the store: %v", err)
		}
	})
	return subject{s, time.Hour, c.Advance}
}

// contract is what every store must do.
var contract = map[string]func(testing.TB, subject){
	"an unknown key is not listed": func(t testing.TB, s subject) {
		wantHas(t, s, "nobody", false)
	},
	"a key is listed until its end, and no longer": func(t testing.TB, s subject) {
		add(t, s, "k", s.unit)
		wantHas(t, s, "k", true)
		wantHas(t, s, "K", false)
		s.pass(s.unit + s.unit/10)
		wantHas(t, s, "k", false)
		wantLen(t, s, 0)
	},
	"keys end each at its own time": func(t testing.TB, s subject) {
		add(t, s, "short", s.unit)
		add(t, s, "long", 3*s.unit)
		s.pass(s.unit + s.unit/10)
		wantHas(t, s, "short", false)
		wantHas(t, s, "long", true)
		wantLen(t, s, 1)
	},
	"for ever is for ever": func(t testing.TB, s subject) {
		add(t, s, "k", store.Forever)
		s.pass(s.unit)
		wantHas(t, s, "k", true)
	},
	"more than 24.8 days": func(t testing.TB, s subject) {
		add(t, s, "k", 60*24*time.Hour)
		s.pass(s.unit)
		wantHas(t, s, "k", true)
	},
	"a key is any bytes": func(t testing.TB, s subject) {
		keys := []string{"a\x00b", "a\x00c", "a", "\xff\xfe", "\xff\xff", "{x}y", "{x}z", "a\r\n", "*", "A"}
		for _, key := range keys {
			wantHas(t, s, key, false)
			add(t, s, key, s.unit)
			raise(t, s, key, 1)
		}
		for _, key := range keys {
			wantHas(t, s, key, true)
			wantGeneration(t, s, key, 1)
		}
		wantHas(t, s, "a\x00", false)
		wantLen(t, s, 2*len(keys))
	},
	"no time to live is no entry": func(t testing.TB, s subject) {
		add(t, s, "k", 0)
		wantHas(t, s, "k", false)
		wantLen(t, s, 0)
	},
	"adding twice is one entry, with the later end": func(t testing.TB, s subject) {
		add(t, s, "k", s.unit)
		add(t, s, "k", 3*s.unit)
		wantLen(t, s, 1)
		s.pass(s.unit + s.unit/10)
		wantHas(t, s, "k", true)
	},
	"generations begin at 0 and only rise": func(t testing.TB, s subject) {
		wantGeneration(t, s, "u", 0)
		wantJoin(t, s, "u", 0)
		raise(t, s, "u", 2)
		raise(t, s, "u", 1)
		wantGeneration(t, s, "u", 2)
		wantJoin(t, s, "u", 2)
		wantGeneration(t, s, "v", 0)
	},
	"a generation outlives the longest token that joined it": func(t testing.TB, s subject) {
		joinFor(t, s, "u", 3*s.unit)
		raise(t, s, "u", 1)
		joinFor(t, s, "u", s.unit)
		s.pass(2 * s.unit)
		wantGeneration(t, s, "u", 1)
		s.pass(s.unit + s.unit/10)
		wantGeneration(t, s, "u", 0)
		wantLen(t, s, 0)
	},
	"a generation that a token without end joined never ends": func(t testing.TB, s subject) {
		joinFor(t, s, "u", store.Forever)
		raise(t, s, "u", 1)
		s.pass(2 * s.unit)
		wantGeneration(t, s, "u", 1)
	},
	"simultaneous raises leave the highest": func(t testing.TB, s subject) {
		var wg sync.WaitGroup
		for n := range int64(20) {
			wg.Go(func() { raise(t, s, "u", n) })
		}
		wg.Wait()
		wantGeneration(t, s, "u", 19)
	},
	"what is added is there for every reader": func(t testing.TB, s subject) {
		var wg sync.WaitGroup
		for _, key := range []string{"a", "b", "c", "d", "e", "f", "g", "h"} {
			wg.Go(func() {
				add(t, s, key, 3*s.unit)
				wantHas(t, s, key, true)
			})
		}
		wg.Wait()
		wantLen(t, s, 8)
	},
}

func TestContract(t *testing.T) {
	for store, open := range subjects {
		for rule, check := range contract {
			t.Run(store+"/"+rule, func(t *testing.T) {
				t.Parallel()
				holds(t, check, func() subject { return open(t) })
			})
		}
	}
}

func TestABrokenStoreFailsEveryUse(t *testing.T) {
	b := store.NewBreakable(store.NewMemory(clock.System()))
	uses := map[string]func() error{
		"Add":        func() error { return b.Add(t.Context(), "k", time.Hour) },
		"Has":        func() error { _, err := b.Has(t.Context(), "k"); return err },
		"Join":       func() error { _, err := b.Join(t.Context(), "u", time.Hour); return err },
		"Generation": func() error { _, err := b.Generation(t.Context(), "u"); return err },
		"Raise":      func() error { return b.Raise(t.Context(), "u", 1, time.Hour) },
		"Len":        func() error { _, err := b.Len(t.Context()); return err },
	}
	for name, use := range uses {
		b.Break()
		if err := use(); !errors.Is(err, store.ErrUnreachable) {
			t.Errorf("%s of a broken store: %v, want ErrUnreachable", name, err)
		}
		b.Mend()
		if err := use(); err != nil {
			t.Errorf("%s of a mended store: %v", name, err)
		}
	}
}
