package world

import (
	"math"
	"slices"

	"github.com/revocheck/revocheck/loadgen/simulation/stream"
)

// begin has everything as it would be at the start, had the world gone on for
// ever before.
func (w *World) begin() {
	w.past()
	w.clock.now = 0
	start := w.midnight(0)
	logged := w.day.logged(start)
	for entity := range w.sessions {
		e, s := uint64(entity), &w.sessions[entity]
		if w.streams.Unit(e, stream.Start, 0) < logged {
			age := w.age(e, start)
			life := w.life * 1e9
			s.issued = -(age % life)
			if !w.atExpiry && age > life { // renewed at the first call after the expiry
				s.issued = -(age % (life + int64(1e9/max(w.calls, 1e-9))))
			}
			s.token = 1
			w.grant(e, s)
			w.live++
		}
		w.wait(e, s)
	}
}

// age is that of a session that is there at the start: it began at a random
// moment of the past, when others began too, and has not ended.
func (w *World) age(entity uint64, start float64) int64 {
	most := 0.0
	for h := range 24 {
		most = max(most, w.day.login[h])
	}
	for try := range uint64(1000) {
		seconds := w.streams.Exponential(entity, stream.Age, 2*try) * w.session
		then := start - seconds
		accept := w.day.arrivals(then) * (1 - w.day.logged(then)) / most
		if w.streams.Unit(entity, stream.Age, 2*try+1) < accept {
			return int64(seconds * 1e9)
		}
	}
	return 0
}

// slices of the past, in each of which logouts come evenly.
const pasts = 240

// past ends the tokens whose traces are still there at the start.
func (w *World) past() {
	most := float64(w.life) + float64(w.leeway)/1e9 + 2
	length := most / pasts
	number := uint32(1 << 31)
	for i := range pasts {
		from := -most + float64(i)*length
		rate := float64(len(w.sessions)) * w.day.end * w.day.logged(w.midnight(0)+from+length/2)
		times := make([]float64, w.streams.Poisson(rate*length, uint64(i), stream.Start, 1))
		for j := range times {
			times[j] = from + float64(length*w.streams.Unit(uint64(i), stream.Age, uint64(j)|1<<40))
		}
		slices.Sort(times)
		for _, at := range times {
			w.departed(number, at)
			number++
		}
	}
}

// departed is a session that ended so many seconds after the start, which is
// before it.
func (w *World) departed(number uint32, at float64) {
	n := uint64(number)
	life, hazard := float64(w.life), w.day.end
	// The age of a token at the end of an exponential session: exponential, and
	// never above the lifetime.
	age := -math.Log1p(float64(w.streams.Unit(n, stream.Age, 1)*math.Expm1(-hazard*life))) / hazard
	issued := int64((at - age) * 1e9)
	if w.expires(issued)+1e9 <= 0 {
		return
	}
	w.clock.now = int64(at * 1e9)
	entity := w.streams.Bits(n, stream.Age, 2) % uint64(len(w.sessions))
	t := w.fill(entity, number, issued, 0)
	if w.decider.Issue(w.home(entity), t) == nil && w.streams.Unit(n, stream.Age, 3) >= w.forget {
		_ = w.decider.End(w.home(entity), t) // nothing has failed yet, before the start
	}
}
