package expiring

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// entry is what a plain map would hold.
type entry struct {
	value int64
	end   End
}

// check holds a shard to its order and to its counts.
func (s *shard) check() error {
	t, used := s.table.Load(), int32(0)
	if t == nil {
		return nil
	}
	for at := range t.slots {
		of := t.slots[at].id
		if t.free(at) {
			continue
		}
		used++
		if got, found := t.findID(of); !found || got != at {
			return fmt.Errorf("the entry in slot %d is found in %d, %t", at, got, found)
		}
	}
	if used != s.used || int(used) == len(t.slots) {
		return fmt.Errorf("%d of %d slots are used, and %d are counted", used, len(t.slots), s.used)
	}
	return nil
}

// play makes the same random writes in a shard and in a plain map, among so many
// keys of so many homes, and lets time pass between them.
func play(seed, keys, homes uint64, values int64, writes int) error {
	var s shard
	choice, plain, now := rand.New(rand.NewPCG(seed, keys)), map[id]entry{}, End(1)
	for n := range writes {
		of := id{hi: choice.Uint64N(homes)*(1<<(64-shardBits)/homes) | 1, lo: choice.Uint64N(keys)}
		if choice.IntN(5) == 0 {
			now += End(choice.IntN(50))
		}
		e := entry{choice.Int64N(values), now + End(choice.IntN(100))}
		if choice.IntN(20) == 0 {
			e.end = Never
		}
		var err error
		s.update(of, now, func(old int64, end End, live bool) (int64, End) {
			if was := plain[of]; live != (was.end > now) || live && (entry{old, end}) != was {
				err = fmt.Errorf("update is given %d, %d, %t; want %+v", old, end, live, was)
			}
			return e.value, e.end
		})
		plain[of] = e
		if err == nil {
			err = same(&s, plain, now)
		}
		if err != nil {
			return fmt.Errorf("write %d: %w", n+1, err)
		}
	}
	return nil
}

func same(s *shard, plain map[id]entry, now End) error {
	if err := s.check(); err != nil {
		return err
	}
	t, live := s.table.Load(), 0
	for of, want := range plain {
		at, found := t.findID(of)
		if want.end > now {
			live++
		} else if !found {
			continue
		}
		if got := (entry{t.value(at), t.end(at)}); !found || got != want {
			return fmt.Errorf("%+v, %t; want %+v", got, found, want)
		}
	}
	if got := t.live(now); got != live {
		return fmt.Errorf("%d entries live, want %d", got, live)
	}
	return nil
}

// Few homes make long runs of slots, which reach over the end of the table.
func TestAShardAnswersAsAPlainMapDoes(t *testing.T) {
	for _, c := range []struct{ keys, homes uint64 }{{5, 5}, {3, 1}, {200, 1}, {40, 2}, {10, 1 << 20}, {300, 1 << 30}} {
		for seed := range uint64(20) {
			for _, values := range []int64{1, 4} {
				if err := play(seed, c.keys, c.homes, values, 300); err != nil {
					t.Fatalf("seed %d, %d keys, %d homes, %d values: %v", seed, c.keys, c.homes, values, err)
				}
			}
		}
	}
}

func FuzzShard(f *testing.F) {
	f.Add(uint64(1), uint64(7), uint64(3))
	f.Fuzz(func(t *testing.T, seed, keys, homes uint64) {
		if err := play(seed, 1+keys%1000, 1+homes%(1<<40), 1+int64(seed%3), 200); err != nil {
			t.Error(err)
		}
	})
}

// Entries of the last home go on at the first slot.
func TestEntriesOfTheLastHomeFindRoom(t *testing.T) {
	var s shard
	for n := range uint64(500) {
		s.update(id{hi: 1<<(64-shardBits) - 1, lo: n}, 1, func(int64, End, bool) (int64, End) { return 0, Never })
		if err := s.check(); err != nil {
			t.Fatal(err)
		}
	}
	if got := s.table.Load().live(1); got != 500 {
		t.Errorf("%d entries live, want 500", got)
	}
}
