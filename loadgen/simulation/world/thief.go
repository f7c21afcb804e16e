package world

import (
	"math"

	"github.com/revocheck/revocheck/loadgen/simulation/stream"
	"github.com/revocheck/revocheck/loadgen/simulation/workload"
)

// stolen tells whether a thief has a copy of the token that a session ends with.
func (w *World) stolen(entity uint64, s *session, index uint64) bool {
	if w.share == 0 && w.perHour == 0 {
		return false
	}
	chance := w.share
	if w.perHour > 0 {
		hours := float64(w.clock.now-s.issued) / 1e9 / hour
		chance = -math.Expm1(-w.perHour * hours)
	}
	return w.streams.Unit(entity, stream.Theft, index) < chance
}

// theft is a thief at work.
type theft struct {
	Theft
	entity     uint64
	ended      int64 // when the logout was acknowledged
	dies       int64 // when the token expires for good
	issued     int64
	token      uint32
	generation uint32
	region     int     // where it is replayed; every if in all
	stratum    float64 // where the present one begins, in seconds since the logout
	length     float64
	draws      uint64
}

const every = -1

// The time after a logout is cut into strata, each longer than the one before by
// a twentieth. In each of them a probe at a random moment tells whether the token
// works: the sum over the strata in which it does has the mean of the time in
// which it works, with no bias.
const (
	firstStratum = 0.01 // seconds
	growth       = 0.05
)

func (w *World) watch(entity uint64, s *session, index uint64) {
	t := theft{
		entity: entity, ended: w.clock.now, dies: w.expires(s.issued), issued: s.issued, token: s.token, generation: s.generation,
		region: w.where(entity, index),
	}
	t.Rest = float64(t.dies-t.ended) / 1e9
	number := len(w.thefts)
	w.thefts = append(w.thefts, t)
	w.nextStratum(number)
	after := w.after.Duration(w.streams.Unit(entity, stream.Thief, index))
	w.nextReplay(number, w.clock.now+int64(after))
}

// where is the region of the thief.
func (w *World) where(entity, index uint64) int {
	home, bits := w.home(entity), w.streams.Bits(entity, stream.Thief, index|1<<40)
	switch {
	case w.from == workload.Home || w.regions == 1:
		return home
	case w.from == workload.All:
		return every
	case w.from == workload.Other:
		return (home + 1 + int(bits%uint64(w.regions-1))) % w.regions
	}
	return int(bits % uint64(w.regions))
}

// nextStratum schedules the probe of the next stratum, up to the death of the
// token.
func (w *World) nextStratum(number int) {
	t := &w.thefts[number]
	t.stratum += t.length
	t.length = min(max(firstStratum, growth*t.stratum), t.Rest-t.stratum)
	if t.length <= 0 {
		return
	}
	u := w.streams.Unit(t.entity<<20^uint64(t.token), stream.Watch, t.draws)
	t.draws++
	w.push(t.ended+int64((t.stratum+float64(u*t.length))*1e9), uint64(number), probe)
}

// probe looks whether the token works now. It is no call of anybody, and what it
// asks of the store is not counted.
func (w *World) probe(number int) {
	t := &w.thefts[number]
	before, _ := w.decider.Uses()
	works := w.works(t)
	after, _ := w.decider.Uses()
	w.reads += after - before
	if works {
		t.Usable += t.length
		t.Window = float64(w.clock.now-t.ended) / 1e9
	}
	w.nextStratum(number)
}

func (w *World) works(t *theft) bool {
	if t.region != every {
		return w.shown(t, t.region)
	}
	for region := range w.regions {
		if w.shown(t, region) {
			return true
		}
	}
	return false
}

// shown is what a region answers to the stolen token.
func (w *World) shown(t *theft, region int) bool {
	accepted, _ := w.decider.Check(region, w.fill(t.entity, t.token, t.issued, t.generation))
	return accepted
}

// nextReplay schedules a call of the thief some time after another.
func (w *World) nextReplay(number int, from int64) {
	t := &w.thefts[number]
	wait := w.streams.Exponential(t.entity<<20^uint64(t.token), stream.Replay, uint64(t.Replays))
	if at := from + int64(wait*w.every); at < t.dies {
		w.push(at, uint64(number), replay)
	}
}

// replay is a call of the thief's.
func (w *World) replay(number int) {
	t := &w.thefts[number]
	region := t.region
	if region == every {
		region = int(w.streams.Bits(t.entity<<20^uint64(t.token), stream.Replay, uint64(t.Replays)|1<<40) % uint64(w.regions))
	}
	t.Replays++
	w.now.Calls++
	if w.shown(t, region) {
		t.Leaks++
		w.now.Leaks++
	}
	w.nextReplay(number, w.clock.now)
}
