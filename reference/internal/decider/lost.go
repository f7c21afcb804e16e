package decider

import (
	"strings"
	"time"
)

// lost are the writes that a store has lost, by a fail-over or for want of room.
type lost struct {
	most   int           // entries that there is room for; 0 for any number
	recent time.Duration // how long a write is remembered for a fail-over

	keys  map[string]bool
	order []write // that may yet be lost, the oldest first
}

type write struct {
	key      string
	at, ends time.Time
}

func (l *lost) is(key string) bool { return len(l.keys) > 0 && l.keys[key] }

// written takes note of a write, and drops the oldest where there is no room.
func (l *lost) written(key string, now time.Time, ttl time.Duration) {
	if l.most == 0 && l.recent == 0 {
		return
	}
	delete(l.keys, key)
	l.order = append(l.order, write{strings.Clone(key), now, now.Add(ttl)})
	for l.most > 0 && len(l.order) > l.most {
		l.lose(l.order[0])
		l.order = l.order[1:]
		l.tidy(now)
	}
	for l.most == 0 && now.Sub(l.order[0].at) > l.recent {
		l.order = l.order[1:]
	}
}

func (l *lost) lose(w write) {
	if l.keys == nil {
		l.keys = map[string]bool{}
	}
	l.keys[w.key] = true
}

// tidy forgets the oldest writes that have ended, which take up no room.
func (l *lost) tidy(now time.Time) {
	for len(l.order) > 0 && !now.Before(l.order[0].ends) {
		delete(l.keys, l.order[0].key)
		l.order = l.order[1:]
	}
}

// failOver loses what was written since.
func (l *lost) failOver(since time.Time) {
	for i := len(l.order) - 1; i >= 0 && l.order[i].at.After(since); i-- {
		l.lose(l.order[i])
	}
}
