package cache

import (
	"strconv"
	"testing"
	"time"
)

type hand time.Time

func (h *hand) Now() time.Time { return time.Time(*h) }

// TestWhatHasExpiredIsDroppedInPieces: as many stores again as there were
// values leave few of those that expired, and no value that has not.
func TestWhatHasExpiredIsDroppedInPieces(t *testing.T) {
	now := hand(time.Unix(1_800_000_000, 0))
	m := NewMemory(&now, 0)
	const n = 5000
	store := func(kind string, ttl time.Duration) {
		for i := range n {
			if err := m.Store(t.Context(), kind+strconv.Itoa(i), "v", ttl); err != nil {
				t.Fatal(err)
			}
		}
	}
	store("short", time.Second)
	now = hand(now.Now().Add(time.Second))
	store("long", time.Hour)
	if held := len(m.entries); held > n+n/2 {
		t.Errorf("%d values are held, of which %d live", held, n)
	}
	for i := range n {
		if _, ok, err := m.Lookup(t.Context(), "long"+strconv.Itoa(i)); !ok || err != nil {
			t.Fatalf("a live value is gone: %v", err)
		}
	}
}
