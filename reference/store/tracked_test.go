package store_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	redisserver "github.com/revocheck/revocheck/fixtures/redis/server"
	redistest "github.com/revocheck/revocheck/fixtures/redis/test"

	"github.com/revocheck/revocheck/reference/store"
)

func trackedURL(url string) string { return url + "?cache=tracked" }

// TestATrackedCacheKnowsItsOwnLogouts: what was served a moment ago is dead for
// the gateway that acknowledges the logout, in every one of a thousand trials,
// and for the other one within the window.
func TestATrackedCacheKnowsItsOwnLogouts(t *testing.T) {
	url := trackedURL(redisServer(t))
	own, other := openRedis(t, url, 0), openRedis(t, url, 0)
	longest, late := time.Duration(0), 0
	for i := range 1000 {
		key := fmt.Sprint("k", i)
		for _, r := range []*store.Redis{own, other} {
			if has, err := r.Has(t.Context(), key); has || err != nil {
				t.Fatalf("a live key: %v, %v", has, err)
			}
		}
		if err := own.Add(t.Context(), key, time.Hour); err != nil {
			t.Fatal(err)
		}
		acknowledged := time.Now()
		if has, err := own.Has(t.Context(), key); !has || err != nil {
			t.Fatalf("trial %d: the gateway that acknowledged the logout says %v, %v", i, has, err)
		}
		if lag := untilHas(t, other, key, acknowledged); lag > 0 {
			longest, late = max(longest, lag), late+1
		}
	}
	t.Logf("the other gateway: %d of 1000 stale after the acknowledgement, for %v at most; declared %v", late, longest, store.TrackedWindow)
}

// untilHas is how long after an instant the last question was sent that was
// answered as if the key were alive. It fails the test when that is past the
// window.
func untilHas(t *testing.T, r *store.Redis, key string, from time.Time) (stale time.Duration) {
	t.Helper()
	for {
		sent := time.Since(from)
		has, err := r.Has(t.Context(), key)
		if err == nil && has {
			return stale
		}
		if err == nil {
			stale = sent
		}
		if sent > store.TrackedWindow && err == nil {
			t.Fatalf("%s is alive %v after its logout; the window is %v", key, sent, store.TrackedWindow)
		}
	}
}

// TestATrackedCacheEndsWithItsConnection cuts the way of one gateway to Redis,
// with a word and without, while the other one logs tokens out: after the window
// the first serves none of them, and none once it is back.
func TestATrackedCacheEndsWithItsConnection(t *testing.T) {
	s := redistest.Start(t, redisserver.Options{Source: redisserver.Process, Proxied: true})
	link := s.Nodes()[0].Link
	cut := openRedis(t, trackedURL("redis://"+s.Nodes()[0].Addr()), 0)
	direct := openRedis(t, trackedURL("redis://"+s.Nodes()[0].Direct()), 0)
	for name, fault := range map[string]func() error{"partition": link.Partition, "lost answers": link.LoseAnswers, "refused": link.Refuse} {
		keys := make([]string, 1000)
		for i := range keys {
			keys[i] = fmt.Sprint(name, i)
			eventually(t, func() error { _, err := ask(t, cut, keys[i]); return err })
		}
		if err := fault(); err != nil {
			t.Fatal(err)
		}
		for _, key := range keys {
			if err := direct.Add(t.Context(), key, time.Hour); err != nil {
				t.Fatal(err)
			}
		}
		acknowledged := time.Now()
		for stale := true; stale; { // until the first question that is not answered from the cache
			sent := time.Since(acknowledged)
			has, err := ask(t, cut, keys[0])
			if stale = err == nil && !has; stale && sent > store.TrackedWindow {
				t.Fatalf("%s: a dead key is alive %v after its logout; the window is %v", name, sent, store.TrackedWindow)
			}
		}
		t.Logf("%s: the cache was empty after %v", name, time.Since(acknowledged))
		wantNoneAlive(t, name, cut, keys[1:10]) // each may wait for a connection that does not come
		if err := link.Heal(); err != nil {
			t.Fatal(err)
		}
		eventually(t, func() error { _, err := ask(t, cut, keys[0]); return err })
		wantNoneAlive(t, name+", healed", cut, keys)
	}
}

func wantNoneAlive(t *testing.T, when string, r *store.Redis, keys []string) {
	t.Helper()
	for _, key := range keys {
		if has, err := ask(t, r, key); err == nil && !has {
			t.Errorf("%s: %s is alive, and was logged out", when, key)
		}
	}
}

// ask gives up in time, as a gateway does.
func ask(t *testing.T, r *store.Redis, key string) (bool, error) {
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	return r.Has(ctx, key)
}

func TestATrackedCacheOfGenerations(t *testing.T) {
	url := trackedURL(redisServer(t))
	own, other := openRedis(t, url, 0), openRedis(t, url, 0)
	for n := range int64(100) {
		for _, r := range []*store.Redis{own, other} {
			eventually(t, func() error {
				if got, err := r.Generation(t.Context(), "u"); err != nil || got != n {
					return fmt.Errorf("generation %d, %w; want %d", got, err, n)
				}
				return nil
			})
		}
		if err := own.Raise(t.Context(), "u", n+1, time.Hour); err != nil {
			t.Fatal(err)
		}
		if got, err := own.Generation(t.Context(), "u"); got != n+1 || err != nil {
			t.Fatalf("right after its own logout: generation %d, %v; want %d", got, err, n+1)
		}
	}
}

func TestWhatCannotBeTrackedIsRefused(t *testing.T) {
	for url, want := range map[string]string{
		"redis://h?cache=often":                          "cache \"often\" is unknown",
		"redis-cluster://h?cache=tracked":                "for one server",
		"redis://h?cache=tracked&addr=i:1":               "for one server",
		"redis-sentinel://h?cache=tracked&master_name=m": "for one server",
		"redis://h?cache=tracked&read_from=i%3A1":        "exclude each other",
	} {
		if _, err := store.OpenRedis(t.Context(), url, 0); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", url, err, want)
		}
	}
}
