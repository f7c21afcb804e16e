package loadgen

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/revocheck/revocheck/loadgen/stats"
)

// minPrecise is the fewest pairs on which a run may stop early.
const minPrecise = 20

// MaxDropped is the part of the rounds that may be dropped before the result
// is called unreliable.
const MaxDropped = 0.10

// preciseEnough reports whether the asked precision is reached. It looks only
// at the width of the interval and never at where it lies, and only after
// every tenth more rounds, since looking takes time that grows with the pairs.
func (b *bench) preciseEnough() bool {
	b.asked++
	kept := stats.OnTime(b.pairs)
	if len(kept) < minPrecise || b.asked*10 < len(kept) {
		return false
	}
	b.asked = 0
	o := stats.OverheadAt(b.pairs, 0, b.plan.Seed)
	b.tell(o)
	return b.plan.Precision > 0 && o.Relative.HalfWidth() <= b.plan.Precision
}

func (b *bench) tell(o stats.Overhead) {
	if b.plan.Progress == nil {
		return
	}
	b.plan.Progress(Progress{Rounds: len(b.pairs), Spent: time.Since(b.began), Of: b.plan.Duration,
		Overhead: o.Diff, BaselineP50: o.BaselineMs})
}

// finish makes the result from what was recorded, however the run ended.
func (b *bench) finish(ctx context.Context) *Result {
	r := b.result
	r.TookMs, r.MeasuredMs, r.Empty = stats.Millis(time.Since(r.Started)), b.measuredMs(), b.empty
	r.Baseline, r.Subject, r.Control = b.lanes[baseline].record, b.lanes[subject].record, b.lanes[control].record
	r.Pairs = b.pairs
	r.Overheads = stats.Analyse(b.pairs, b.plan.Seed)
	r.Dropped = len(b.pairs) - len(stats.OnTime(b.pairs))
	r.Reliable = len(b.pairs) >= stats.MinPairs && float64(r.Dropped) <= MaxDropped*float64(len(b.pairs))
	r.Precision = b.precision(r.Overheads[0])
	if ctx.Err() != nil {
		r.Stopped = "interrupted; the figures are of what was done"
	}
	r.Notes = append(r.Notes, b.notes()...)
	return r
}

func (b *bench) measuredMs() float64 {
	if b.began.IsZero() { // it ended while warming up
		return 0
	}
	return stats.Millis(time.Since(b.began))
}

func (b *bench) precision(p50 stats.Overhead) *Precision {
	if b.plan.Precision == 0 {
		return nil
	}
	out := &Precision{Asked: b.plan.Precision, Got: -1}
	if p50.Relative.Valid() {
		out.Got = p50.Relative.HalfWidth()
		out.Reached = out.Got <= out.Asked
	}
	return out
}

// saidOutages is how many outages of a side are put into words.
const saidOutages = 3

// notes say what a reader of the figures needs to know.
func (b *bench) notes() []string {
	var notes []string
	for _, l := range b.lanes {
		t := l.record.Tally
		if s := t.FaultSummary(); s != "" {
			notes = append(notes, fmt.Sprintf("side %s: %s", l.side.Name, s))
		}
		for _, o := range l.record.Outages[:min(len(l.record.Outages), saidOutages)] {
			notes = append(notes, fmt.Sprintf("side %s %s", l.side.Name, o.text()))
		}
		if l.record.Full > 0 {
			notes = append(notes, fmt.Sprintf("side %s: in %d slices all %d calls that may wait were waiting; "+
				"the target does not keep up with this rate", l.side.Name, l.record.Full, b.plan.MaxInFlight))
		}
		if t.Statuses[429] > 0 && t.Faults[throttled] > 0 {
			notes = append(notes, fmt.Sprintf("side %s throttles (429): use a lower rate", l.side.Name))
		}
	}
	return notes
}

// verdict keeps the error of a run, except that an end which was asked for is
// none.
func (b *bench) verdict(ctx context.Context, err error) error {
	if err == nil || ctx.Err() != nil && errors.Is(err, ctx.Err()) {
		return nil
	}
	b.result.Stopped = err.Error()
	return err
}
