package scenarios

import (
	"cmp"
	"fmt"
	"time"

	"github.com/revocheck/revocheck/report"
)

// worthTelling is the shortest wait that an observer is told of: a scenario
// that watches a token takes many shorter ones.
const worthTelling = 2 * time.Second

// TargetClock is the target's clock, as a scenario sees it: by waiting, or by
// moving it where it can be moved.
type TargetClock struct{ p *Play }

// Clock is the target's clock.
func (p *Play) Clock() TargetClock { return TargetClock{p} }

// Now is the time by the target's clock, as well as it is known.
func (c TargetClock) Now() time.Time { return c.p.now() }

func (p *Play) now() time.Time {
	if pl, ok := p.sender.(*plan); ok {
		return pl.now()
	}
	if p.instance.Powers.Now != nil {
		return p.instance.Powers.Now()
	}
	return time.Now().Add(p.run.observed.Ahead)
}

// theirs is what the target's clock showed at an instant of ours; Now, where it
// stands still between waits.
func (p *Play) theirs(ours time.Time) time.Time {
	if p.planning || p.instance.Powers.Now != nil {
		return p.Clock().Now()
	}
	return ours.Add(p.run.observed.Ahead)
}

// Movable reports whether waiting costs no time: the target's clock is moved.
func (c TargetClock) Movable() bool {
	return c.p.instance.Powers.Advance != nil && c.p.instance.Powers.Now != nil
}

// Left is how long a token has to live; false if it has no exp.
func (c TargetClock) Left(t *Token) (time.Duration, bool) {
	exp, ok := t.Exp()
	return exp.Sub(c.Now()), ok
}

// lateness is how much later than meant a call may reach the target: timers and
// networks take their time.
const lateness = 200 * time.Millisecond

// Guard is the time around exp in which a sound target may accept or refuse:
// the clock's uncertainty, one second of truncation and, where the clock cannot
// be moved, lateness.
func (c TargetClock) Guard() time.Duration {
	if c.Movable() {
		return time.Second + c.Unsure()
	}
	return time.Second + c.Unsure() + lateness
}

// Unsure is how far the target's clock may be from Now, either way.
func (c TargetClock) Unsure() time.Duration { return c.p.run.observed.Unsure }

// Wait lets time pass at the target: by moving its clock, or by waiting. It
// stops the scenario when that would take longer than the run allows.
func (c TargetClock) Wait(d time.Duration) { c.p.lapse(d, c.p.rest) }

// lapse is Wait, which calls rest where it has to sit the time out.
func (p *Play) lapse(d time.Duration, rest func()) {
	if d <= 0 {
		return
	}
	p.Step(report.Step{Text: cmp.Or(p.text, "wait"), Actual: fmt.Sprintf("%s later", d.Round(time.Millisecond)), OK: true})
	if p.Clock().Movable() {
		p.instance.Powers.Advance(d)
		return
	}
	p.budget(d)
	if pl, ok := p.sender.(*plan); ok {
		pl.advance(d)
		return
	}
	if d >= worthTelling {
		p.run.observe.Wait(p.record.ID, d)
	}
	rest()
	select {
	case <-time.After(d):
	case <-p.ctx.Done():
		p.NotRun("the run was interrupted")
	}
}

// WaitUntil lets time pass until the target's clock shows t.
func (c TargetClock) WaitUntil(t time.Time) { c.Wait(t.Sub(c.Now())) }

// CanWait reports whether d more can be waited within the run's limit.
func (c TargetClock) CanWait(d time.Duration) bool {
	c.p.mu.Lock()
	defer c.p.mu.Unlock()
	return c.Movable() || c.p.waited+d <= c.p.maxWait
}

// LeftToWait is how much longer the scenario may wait.
func (c TargetClock) LeftToWait() time.Duration {
	c.p.mu.Lock()
	defer c.p.mu.Unlock()
	return c.p.maxWait - c.p.waited
}

// budget counts what is waited. Those who wait at once wait for the same time.
func (p *Play) budget(d time.Duration) {
	now := p.Clock().Now()
	p.mu.Lock()
	if until := now.Add(d); until.After(p.waitsUntil) {
		if now.Before(p.waitsUntil) {
			now = p.waitsUntil
		}
		p.waited += until.Sub(now)
		p.waitsUntil = until
	}
	waited := p.waited
	p.mu.Unlock()
	if waited > p.maxWait {
		p.TooLong(waited)
	}
}

// roundedUp keeps a time that is over a limit over it in print.
func roundedUp(d time.Duration) time.Duration {
	const unit = 100 * time.Millisecond
	return (d + unit - 1).Truncate(unit)
}

// ShortLife is a lifetime that can be watched to its end: an hour on a movable
// clock, else some seconds, as the target's bounds allow.
func (p *Play) ShortLife() time.Duration {
	d := 8 * time.Second
	if p.Clock().Movable() {
		d = time.Hour
	}
	return p.Bounded(d)
}

// ShortLived asks for a lifetime that can be watched to its end, where one can
// be asked for. On a movable clock every lifetime can.
func (p *Play) ShortLived() []LoginOption {
	if p.Clock().Movable() && !p.Has(Lifetime) {
		return nil
	}
	return []LoginOption{Life(p.ShortLife())}
}

// Bounded is the lifetime next to d that the target grants.
func (p *Play) Bounded(d time.Duration) time.Duration { return p.contract.Login.Bounded(d) }
