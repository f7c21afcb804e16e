package store_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/revocheck/revocheck/reference/clock"
	"github.com/revocheck/revocheck/reference/store"
)

// command is something to ask of a store; its answer is a line of text.
type command struct {
	text string
	ask  func(*testing.T, store.Store) (string, error)
}

// commands are a sequence left to chance, over so few keys that they meet.
func commands(seed uint64, n int) []command {
	choice := rand.New(rand.NewPCG(seed, 0))
	lives := []time.Duration{time.Hour, 60 * 24 * time.Hour, store.Forever, 25*time.Minute + time.Microsecond}
	var all []command
	for range n {
		key := string(rune('a' + choice.IntN(5)))
		all = append(all, oneOf(choice, key, lives[choice.IntN(len(lives))]))
	}
	return all
}

func oneOf(choice *rand.Rand, key string, ttl time.Duration) command {
	to := choice.Int64N(1 << 53)
	switch choice.IntN(7) {
	case 0:
		return command{fmt.Sprintf("Add(%s, 0)", key), func(t *testing.T, s store.Store) (string, error) {
			return "", s.Add(t.Context(), key, 0)
		}}
	case 1:
		return command{fmt.Sprintf("Add(%s, %v)", key, ttl), func(t *testing.T, s store.Store) (string, error) {
			return "", s.Add(t.Context(), key, ttl)
		}}
	case 2:
		return command{fmt.Sprintf("Join(%s, %v)", key, ttl), func(t *testing.T, s store.Store) (string, error) {
			return text(s.Join(t.Context(), key, ttl))
		}}
	case 3:
		return command{fmt.Sprintf("Raise(%s, %d, %v)", key, to, ttl), func(t *testing.T, s store.Store) (string, error) {
			return "", s.Raise(t.Context(), key, to, ttl)
		}}
	case 4:
		return command{fmt.Sprintf("Generation(%s)", key), func(t *testing.T, s store.Store) (string, error) {
			return text(s.Generation(t.Context(), key))
		}}
	case 5:
		return command{"Len()", func(t *testing.T, s store.Store) (string, error) { return text(s.Len(t.Context())) }}
	}
	return command{fmt.Sprintf("Has(%s)", key), func(t *testing.T, s store.Store) (string, error) {
		return text(s.Has(t.Context(), key))
	}}
}

func text(v any, err error) (string, error) { return fmt.Sprint(v), err }

// TestMiniredisAndRedisAgree gives both the same commands: what is proved on the
// look-alike holds on the real one only as far as they answer alike.
func TestMiniredisAndRedisAgree(t *testing.T) {
	const sequences, length = 20, 100
	url := redisServer(t)
	openRedis(t, url, 0)
	for seed := range uint64(sequences) {
		look, err := store.OpenMiniredis(clock.System())
		if err != nil {
			t.Fatal(err)
		}
		real := openRedis(t, fmt.Sprintf("%s?namespace=%d", url, seed), 0)
		for i, c := range commands(seed, length) {
			want, realErr := c.ask(t, real)
			got, lookErr := c.ask(t, look)
			if got != want || realErr != nil || lookErr != nil {
				t.Fatalf("sequence %d, command %d, %s: Redis answers %q, %v and miniredis %q, %v", seed, i, c.text, want, realErr, got, lookErr)
			}
		}
		if err := look.Close(); err != nil {
			t.Error(err)
		}
	}
}
