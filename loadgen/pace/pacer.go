package pace

import (
	"context"
	"time"
)

// Pacer lets vegeta send by a Schedule. It sleeps inside Pace, because
// vegeta's own time.Sleep wakes up to a millisecond late in an idle process,
// which would be the larger part of the latency counted from the due time.
type Pacer struct {
	schedule Schedule
	calls    uint64        // how many to send
	until    time.Duration // when to give up what is not sent by then
	now      func() time.Time
	sleep    func(time.Duration)
	// began is the start of vegeta's attack, which only Pace gets to see. It
	// is written before the first call is sent and not after.
	began time.Time
}

// New returns a pacer for so many calls, which gives up what is not sent by
// until, and waits no longer once the context has ended.
func New(ctx context.Context, s Schedule, calls uint64, until time.Duration) *Pacer {
	sleep := func(d time.Duration) { sleepUnless(ctx.Done(), d) }
	return &Pacer{schedule: s, calls: calls, until: until, now: time.Now, sleep: sleep}
}

// Pace waits until the next call is due. A call that is overdue goes at once.
func (p *Pacer) Pace(elapsed time.Duration, hits uint64) (wait time.Duration, stop bool) {
	if p.began.IsZero() {
		p.began = p.now().Add(-elapsed)
	}
	if hits >= p.calls || elapsed > p.until {
		return 0, true
	}
	if wait := p.schedule.At(hits) - elapsed; wait > 0 {
		p.sleep(wait)
	}
	return 0, false
}

// Rate is the mean rate, which vegeta's interface asks for.
func (p *Pacer) Rate(elapsed time.Duration) float64 { return p.schedule.Mean(elapsed) }

// Due returns the moment at which call seq should have been sent.
func (p *Pacer) Due(seq uint64) time.Time { return p.began.Add(p.schedule.At(seq)) }

// Began returns the start of the attack; the zero time before the first call.
func (p *Pacer) Began() time.Time { return p.began }

// coarse is what the runtime's timers are trusted with: they may be this much
// late in an idle process.
const coarse = 1500 * time.Microsecond

// sleepUnless sleeps to the end of d, or of done: coarsely at first, so that
// done is heard, then precisely.
func sleepUnless(done <-chan struct{}, d time.Duration) {
	end := time.Now().Add(d)
	if d > 2*coarse {
		timer := time.NewTimer(d - coarse)
		defer timer.Stop()
		select {
		case <-done:
			return
		case <-timer.C:
		}
	}
	preciseSleep(time.Until(end))
}
