package decider

import (
	"context"
	"strings"
	"time"

	"github.com/revocheck/revocheck/reference/clock"
	"github.com/revocheck/revocheck/reference/internal/propagation"
	"github.com/revocheck/revocheck/reference/store"
)

// linked is the store behind a link that counts what goes over it, and that can
// fail.
type linked struct {
	kept
	clock         clock.Clock
	fails         func() bool
	down          bool
	reads, writes uint64
	lost          lost
	notes         *propagation.Notes
}

// kept is what a store in memory keeps for a strategy.
type kept interface {
	store.List
	store.Generations
	store.Sessions
	Len(context.Context) (int, error)
	Forget() error
}

// withoutSessions is a Memory, for the strategies that open none.
type withoutSessions struct {
	*store.Memory
	store.Sessions
}

func newLinked(s Settings) *linked {
	l := &linked{clock: s.Clock, fails: s.Fails, lost: lost{most: s.Most, recent: s.Recent}}
	if s.Strategy == "server-store" {
		l.kept = store.NewMemorySessions(s.Clock)
	} else {
		l.kept = withoutSessions{Memory: store.NewMemory(s.Clock)}
	}
	return l
}

func (l *linked) read() error {
	l.reads++
	return l.use()
}

func (l *linked) write() error {
	l.writes++
	return l.use()
}

func (l *linked) use() error {
	if l.down || l.fails != nil && l.fails() {
		return store.ErrUnreachable
	}
	return nil
}

// Add implements store.List.
func (l *linked) Add(ctx context.Context, key string, ttl time.Duration) error {
	if err := l.write(); err != nil {
		return err
	}
	l.lost.written(key, l.clock.Now(), ttl)
	return l.kept.Add(ctx, key, ttl)
}

// Has implements store.List.
func (l *linked) Has(ctx context.Context, key string) (bool, error) {
	if err := l.read(); err != nil {
		return false, err
	}
	has, err := l.kept.Has(ctx, key)
	return has && !l.lost.is(key), err
}

// Join implements store.Generations.
func (l *linked) Join(ctx context.Context, user string, ttl time.Duration) (int64, error) {
	if err := l.write(); err != nil {
		return 0, err
	}
	return l.kept.Join(ctx, user, ttl)
}

// Generation implements store.Generations.
func (l *linked) Generation(ctx context.Context, user string) (int64, error) {
	if err := l.read(); err != nil {
		return 0, err
	}
	number, err := l.kept.Generation(ctx, user)
	if l.lost.is(user) {
		return 0, err
	}
	return number, err
}

// Raise implements store.Generations.
func (l *linked) Raise(ctx context.Context, user string, to int64, ttl time.Duration) error {
	if err := l.write(); err != nil {
		return err
	}
	l.lost.written(user, l.clock.Now(), ttl)
	return l.kept.Raise(ctx, user, to, ttl)
}

// Open implements store.Sessions.
func (l *linked) Open(ctx context.Context, key, user string, ttl time.Duration) error {
	if err := l.write(); err != nil {
		return err
	}
	return l.kept.Open(ctx, key, strings.Clone(user), ttl)
}

// Active implements store.Sessions. A logout that was lost leaves its session
// open.
func (l *linked) Active(ctx context.Context, key string) (bool, error) {
	if err := l.read(); err != nil {
		return false, err
	}
	active, err := l.kept.Active(ctx, key)
	return active || l.lost.is(key), err
}

// EndUser implements store.Sessions.
func (l *linked) EndUser(ctx context.Context, user string) error {
	if err := l.write(); err != nil {
		return err
	}
	return l.kept.EndUser(ctx, user)
}
