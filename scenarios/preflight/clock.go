package preflight

import (
	"context"
	"net/http"
	"time"

	"github.com/revocheck/revocheck/scenarios/contract"
	"github.com/revocheck/revocheck/scenarios/wire"
)

// Clock is the difference between the target's clock and this machine's, as
// measured. The zero value is a clock that is known to agree.
type Clock struct {
	// Ahead is the target's clock minus ours; 0 when no difference can be seen.
	Ahead time.Duration
	// Unsure is how far it may be from that, either way.
	Unsure time.Duration
	// Undated: no answer of the target has a Date.
	Undated bool
}

// reading is a whole second that the target's clock showed between two instants
// of ours.
type reading struct{ second, sent, received time.Time }

// dated reads the Date header (RFC 9110 section 6.6.1); false if there is none.
func dated(a wire.Answer) (reading, bool) {
	date, err := http.ParseTime(a.Header.Get("Date"))
	return reading{date, a.Sent, a.Received}, err == nil
}

// bracket is what the difference of the clocks lies in.
type bracket struct{ least, most time.Duration }

func (r reading) bracket() bracket {
	return bracket{r.second.Sub(r.received), r.second.Add(time.Second).Sub(r.sent)}
}

// and is what two brackets have in common. Where they contradict each other, as
// those of several machines at one address may, it is all that lies in either.
func (b bracket) and(o bracket) bracket {
	least, most := max(b.least, o.least), min(b.most, o.most)
	if least > most {
		return bracket{min(b.least, o.least), max(b.most, o.most)}
	}
	return bracket{least, most}
}

// furthest is how far the clocks may be apart.
func (b bracket) furthest() time.Duration { return max(b.least.Abs(), b.most.Abs()) }

// clock is no difference where none can be seen: clocks that are set by the same
// standard seldom differ by a fraction of a second.
func (b bracket) clock() Clock {
	if b.least <= 0 && b.most >= 0 {
		return Clock{Unsure: b.furthest()}
	}
	return Clock{Ahead: (b.least + b.most) / 2, Unsure: (b.most - b.least) / 2}
}

// A clock that shows whole seconds is read up to so often to see one begin,
// which tells more of it than any one reading.
const (
	secondReadings = 12
	secondPause    = 100 * time.Millisecond
)

// readings are as many as fall into a second at the declared rate.
func readings(l contract.Limits) int {
	if rate := l.Rate; rate > 0 && rate < secondReadings {
		return int(rate) + 1
	}
	return secondReadings
}

// watchClock narrows a first reading by more of them, until a second begins.
func (t Target) watchClock(ctx context.Context, first reading, read func() (reading, bool)) bracket {
	b := first.bracket()
	for range readings(t.Contract.Limits) {
		if !wire.Pause(ctx, secondPause) {
			break
		}
		next, ok := read()
		if !ok {
			break
		}
		b = b.and(next.bracket())
		if !next.second.Equal(first.second) {
			break
		}
	}
	return b
}

// measureClock compares the clocks by the Date of an answer to a request, and of
// more answers to it; without one they may be apart by some seconds.
func (t Target) measureClock(ctx context.Context, req wire.Request, a wire.Answer) Clock {
	first, ok := dated(a)
	if !ok {
		return Clock{Undated: true, Unsure: unknownClock}
	}
	return t.watchClock(ctx, first, func() (reading, bool) { return dated(t.Network.Send(ctx, req, wire.Refused)) }).clock()
}
