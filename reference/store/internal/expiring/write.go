package expiring

// A table is full when eight tenths of its slots are used. It is replaced by one
// with 17 slots for 10 entries that live, so that a slot of 25 bytes costs an
// entry 43 at most.
const (
	usedMost, usedOf = 8, 10
	slotsFor, liveOf = 17, 10
)

// The methods of this file are for whoever holds the shard's lock.

func (s *shard) update(of id, now End, change func(int64, End, bool) (int64, End)) {
	t := s.table.Load()
	if t == nil {
		t = s.replace(now, false)
	}
	at, found := t.findID(of)
	var was int64
	var until End
	if found {
		was, until = t.value(at), t.end(at)
	}
	value, end := change(was, until, until > now)
	if value != 0 && t.values == nil {
		t = s.replace(now, true)
		at, found = t.findID(of) // unless it had ended
	}
	if found {
		t.change(at, value, end)
		return
	}
	if int(s.used)*usedOf >= len(t.slots)*usedMost {
		t = s.replace(now, t.values != nil)
		at, _ = t.findID(of)
	}
	t.publish(at, of, value, end)
	s.used++
}

// replace builds a table of what lives, with room for some more, while readers
// go on with the old one. It becomes smaller where most had ended.
func (s *shard) replace(now End, valued bool) *table {
	old := s.table.Load()
	live := old.live(now)
	fresh := newTable(live*slotsFor/liveOf/groupSize+1, valued)
	if old != nil {
		fresh.take(old, now)
	}
	s.used = int32(live)
	s.table.Store(fresh)
	return fresh
}

// take copies what lives in another table, which nobody writes to. Nobody reads
// this one yet.
func (t *table) take(from *table, now End) {
	for i, s := range from.slots {
		if from.free(i) || s.end <= now {
			continue
		}
		at, _ := t.findID(s.id)
		t.slots[at] = s
		t.tags[at/groupSize] |= tagOf(s.hi) << (at % groupSize * 8)
		if t.values != nil {
			t.values[at] = from.value(i)
		}
	}
}
