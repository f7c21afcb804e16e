package counter

import (
	"slices"
	"time"
)

// grain is how close two increments must be to be kept as one, which bounds
// the memory of a busy key.
const grain = 10 * time.Millisecond

// window is a sliding window: it remembers when each call was counted. Each
// policy looks back over its own period, on the one counter of the key.
type window struct {
	events []event
}

type event struct {
	at time.Time
	n  int
}

func (w *window) used(now time.Time, l Limit) float64 {
	sum := 0
	for _, e := range w.events {
		if e.at.After(now.Add(-l.Period)) {
			sum += e.n
		}
	}
	return float64(sum)
}

func (w *window) add(now time.Time, _ Limit, n int) {
	w.drop(now)
	i := len(w.events)
	for i > 0 && w.events[i-1].at.After(now) {
		i-- // now is in the past for a late count of another gateway
	}
	if i > 0 && now.Sub(w.events[i-1].at) < grain {
		w.events[i-1].n += n
		return
	}
	w.events = slices.Insert(w.events, i, event{now, n})
}

// drop forgets what no policy can look back at any more.
func (w *window) drop(now time.Time) {
	first := 0
	for first < len(w.events) && !w.events[first].at.After(now.Add(-MaxPeriod)) {
		first++
	}
	w.events = w.events[first:]
}

func (w *window) wait(now time.Time, l Limit, want float64) time.Duration {
	left := w.used(now, l)
	for _, e := range w.events {
		if !e.at.After(now.Add(-l.Period)) {
			continue
		}
		if left -= float64(e.n); left <= want {
			return e.at.Add(l.Period).Sub(now)
		}
	}
	return l.Period
}

func (w *window) idle(now time.Time) bool {
	w.drop(now)
	return len(w.events) == 0
}
