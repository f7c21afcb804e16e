package world

import (
	"math"

	"github.com/revocheck/revocheck/loadgen/simulation/stream"
)

// plan schedules what happens at set times: the events of the workload, each with
// its end, and the ends of the slots.
func (w *World) plan() {
	for i, e := range w.work.Events {
		w.push(int64(e.At), uint64(2*i), event)
		if e.Outage > 0 {
			w.push(int64(e.At+e.Outage), uint64(2*i+1), event)
		}
	}
	for i := range w.tally.Slots {
		w.push(min(int64(i+1)*w.length, w.span), uint64(i), sample)
	}
}

// happen has an event of the workload begin, or end.
func (w *World) happen(number int) {
	e := w.work.Events[number/2]
	switch {
	case number%2 == 1:
		if w.down--; w.down == 0 {
			w.decider.Mend()
		}
	case e.Outage > 0:
		w.down++
		w.decider.Break()
	case e.Restart > 0:
		w.decider.Restart(e.Restart - 1)
	case e.Forget:
		w.decider.Forget()
	case e.FailOver > 0:
		w.decider.FailOver(e.FailOver)
	case e.Revoke > 0:
		w.revoke(int(math.Round(e.Revoke / w.work.Sample)))
	}
}

// revoke ends so many of the live tokens at once, from a random one on.
func (w *World) revoke(n int) {
	first := w.streams.Bits(uint64(w.clock.now), stream.Choice, 0)
	for i := range w.sessions {
		entity := (first + uint64(i)) % uint64(len(w.sessions))
		s := &w.sessions[entity]
		if s.state != in {
			continue
		}
		if n--; n < 0 {
			return
		}
		if w.renew(entity, s); s.state != in {
			continue
		}
		w.now.Logouts++
		refused := w.now.RefusedLogouts
		w.end(entity, s, uint64(s.draws)|1<<41)
		if w.now.RefusedLogouts == refused {
			s.state = revoked
		}
	}
}

// endSlot writes down what is held, and begins the next slot.
func (w *World) endSlot() {
	reads, writes := w.decider.Uses()
	w.now.Reads, w.now.Writes = reads-w.reads, writes-w.writes
	w.reads, w.writes = reads, writes
	w.now.Live, w.now.Entries = w.live, w.decider.Entries()
	if w.slot++; w.slot < len(w.tally.Slots) {
		w.now = &w.tally.Slots[w.slot]
		return
	}
	w.now = &Slot{} // what thieves do after the end is their theft's, not the run's
}
