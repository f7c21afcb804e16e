package history_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"testing"
	"time"

	redisserver "github.com/revocheck/revocheck/fixtures/redis/server"
)

// trouble is one way to break a Redis and to take it back.
type trouble struct {
	name       string
	make, mend func(context.Context) error
}

func troubles(s *redisserver.Server) []trouble {
	link := func(f func() error) func(context.Context) error { return func(context.Context) error { return f() } }
	heal := link(s.Link.Heal)
	return []trouble{
		{"pause", s.Pause, s.Unpause},
		{"kill", s.Kill, s.Restart},
		{"partition", link(s.Link.Partition), heal},
		{"lost answers", link(s.Link.LoseAnswers), heal},
		{"reset", link(s.Link.Reset), heal},
		{"refused", link(s.Link.Refuse), heal},
		{"delay", link(func() error { return s.Link.Delay(50 * time.Millisecond) }), heal},
	}
}

// chaos breaks and mends a Redis until the context ends, each trouble as often
// as the others, in an order and for times left to chance. It gives how often
// each happened, and leaves the server whole.
func chaos(ctx context.Context, t testing.TB, s *redisserver.Server, seed uint64) map[string]int {
	choice, happened := rand.New(rand.NewPCG(seed, 0)), map[string]int{}
	all := troubles(s)
	for ctx.Err() == nil {
		choice.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		for _, now := range all {
			if !pass(ctx, choice, 200, 800) {
				break
			}
			happened[now.name]++
			if err := once(ctx, now, s, choice); err != nil {
				t.Errorf("%s: %v", now.name, err)
				return happened
			}
		}
	}
	return happened
}

func once(ctx context.Context, now trouble, s *redisserver.Server, choice *rand.Rand) error {
	mending, cancel := context.WithTimeout(context.WithoutCancel(ctx), 30*time.Second)
	defer cancel()
	broken := now.make(mending)
	pass(ctx, choice, 50, 400)
	return errors.Join(broken, now.mend(mending), s.Ready(mending))
}

// pass lets some milliseconds pass: the length of a trouble, or of the peace
// after it. It reports whether there is time left.
func pass(ctx context.Context, choice *rand.Rand, least, most int) bool {
	select {
	case <-time.After(time.Duration(least+choice.IntN(most-least)) * time.Millisecond):
		return true
	case <-ctx.Done():
		return false
	}
}
