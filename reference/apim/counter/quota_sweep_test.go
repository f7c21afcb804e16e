package counter

import (
	"strconv"
	"testing"
	"time"
)

type hand time.Time

func (h *hand) Now() time.Time { return time.Time(*h) }

// TestQuotasOfPastWindowsAreDropped: keys that never come back cost nothing in
// the long run, and what still counts stays.
func TestQuotasOfPastWindowsAreDropped(t *testing.T) {
	now := hand(time.Unix(1_800_000_000, 0))
	q := NewQuotas(1, Sync{}, &now)
	limit := Quota{Limit{1, time.Hour}, now.Now()}
	forever := Quota{Limit{1, Infinite}, now.Now()}
	q.Add(0, "kept", forever, 1)
	const n = 5000
	for round := range 3 {
		for i := range n {
			q.Add(0, strconv.Itoa(round)+" "+strconv.Itoa(i), limit, 1)
		}
		for i := range n {
			if _, over := q.Check(0, strconv.Itoa(round)+" "+strconv.Itoa(i), limit, AtLimit, 0); !over {
				t.Fatal("a quota that is used up was forgotten within its window")
			}
		}
		now = hand(now.Now().Add(time.Hour))
	}
	if held := len(q.gateways[0]); held > n+n/2 {
		t.Errorf("%d quotas are held, of which none but %d and one count", held, n)
	}
	if _, over := q.Check(0, "kept", forever, AtLimit, 0); !over {
		t.Error("a quota that is never replenished was forgotten")
	}
}
