package store_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/revocheck/revocheck/reference/clock"
	"github.com/revocheck/revocheck/reference/store"
)

// plain is what a store stands for, in the simplest form that could be right.
type plain struct {
	clock       clock.Clock
	entries     map[string]time.Time // the zero time is for ever
	generations map[string]record
}

type record struct {
	number int64
	ends   time.Time
}

func (p *plain) ends(ttl time.Duration) time.Time {
	if ttl == store.Forever {
		return time.Time{}
	}
	return p.clock.Now().Add(ttl)
}

func (p *plain) live(ends time.Time) bool { return ends.IsZero() || p.clock.Now().Before(ends) }

func (p *plain) has(key string) bool {
	ends, ok := p.entries[key]
	return ok && p.live(ends)
}

func (p *plain) raise(user string, to int64, ttl time.Duration) int64 {
	r, ok := p.generations[user]
	if !ok || !p.live(r.ends) {
		r = record{ends: p.clock.Now()}
	}
	r.number = max(r.number, to)
	if ends := p.ends(ttl); ends.IsZero() || !r.ends.IsZero() && ends.After(r.ends) {
		r.ends = ends
	}
	p.generations[user] = r
	return r.number
}

func (p *plain) generation(user string) int64 {
	if r := p.generations[user]; p.live(r.ends) {
		return r.number
	}
	return 0
}

func (p *plain) len() (n int) {
	for _, ends := range p.entries {
		if p.live(ends) {
			n++
		}
	}
	for _, r := range p.generations {
		if p.live(r.ends) {
			n++
		}
	}
	return n
}

// agree makes the same random commands of a Memory and of the plain model.
func agree(t *testing.T, seed uint64, keys, commands int) {
	t.Helper()
	c := clock.NewStopped()
	m, p := store.NewMemory(c), &plain{clock: c, entries: map[string]time.Time{}, generations: map[string]record{}}
	choice := rand.New(rand.NewPCG(seed, 2))
	lives := []time.Duration{0, -time.Minute, time.Nanosecond, time.Minute, time.Hour, 60 * 24 * time.Hour, store.Forever, 1<<63 - 1}
	for n := range commands {
		key, ttl, to := fmt.Sprint(choice.IntN(keys)), lives[choice.IntN(len(lives))], choice.Int64N(5)
		var got, want any
		switch choice.IntN(8) {
		case 0:
			c.Advance([]time.Duration{1, time.Second, time.Minute, 40 * time.Minute}[choice.IntN(4)])
		case 1, 2:
			_ = m.Add(t.Context(), key, ttl)
			if ttl > 0 || ttl == store.Forever {
				p.entries[key] = p.ends(ttl)
			}
		case 3:
			got, _ = m.Join(t.Context(), key, ttl)
			want = p.raise(key, 0, ttl)
		case 4:
			_ = m.Raise(t.Context(), key, to, ttl)
			p.raise(key, to, ttl)
		case 5:
			got, _ = m.Generation(t.Context(), key)
			want = p.generation(key)
		case 6:
			got, _ = m.Has(t.Context(), key)
			want = p.has(key)
		case 7:
			if choice.IntN(300) == 0 {
				_ = m.Forget()
				clear(p.entries)
				clear(p.generations)
			}
			got, _ = m.Len(t.Context())
			want = p.len()
		}
		if got != want {
			t.Fatalf("seed %d, command %d, key %s: %v, want %v", seed, n, key, got, want)
		}
	}
}

func TestMemoryAnswersAsAPlainMapDoes(t *testing.T) {
	for seed := range uint64(30) {
		agree(t, seed, 1+int(seed)*20, 1500)
	}
}

func FuzzMemory(f *testing.F) {
	f.Add(uint64(1), uint16(3))
	f.Fuzz(func(t *testing.T, seed uint64, keys uint16) { agree(t, seed, 1+int(keys), 500) })
}
