package loadgen

import (
	"context"
	"math/rand/v2"
	"time"

	"github.com/revocheck/revocheck/loadgen/pace"
	"github.com/revocheck/revocheck/loadgen/stats"
)

// The slices of a round, as they are written in Pair.Order.
const (
	baseline = iota
	subject
	control
)

const orderLetters = "BSC"

// round runs one slice of each lane in random order. It returns the pair and
// whether it may be used: a slice in which nothing was comparable, or which
// was cut short, makes none.
func (b *bench) round(ctx context.Context) (stats.Pair, bool, error) {
	var p stats.Pair
	var slices [perRound]*sliceResult
	first := b.calls
	for _, i := range b.order.Perm(perRound) {
		p.Order += orderLetters[i : i+1]
		d := draws{seed: b.plan.Seed, mix: b.plan.Mix, base: b.calls, round: first}
		out, err := b.lanes[i].runSlice(ctx, b.plan, d)
		b.calls += pace.Count(b.plan.Schedule, b.plan.Slice)
		if out == nil || err != nil {
			return stats.Pair{}, false, err
		}
		b.lanes[i].keep(out, b.began)
		p.Late = p.Late || out.lateShare() > LateShare
		slices[i] = out
	}
	return b.pair(p, slices)
}

func (b *bench) pair(p stats.Pair, slices [perRound]*sliceResult) (stats.Pair, bool, error) {
	for _, s := range slices {
		if len(s.fromDue) == 0 {
			return stats.Pair{}, false, nil
		}
	}
	p.Baseline = stats.QuantilesOf(slices[baseline].fromDue)
	p.Subject = stats.QuantilesOf(slices[subject].fromDue)
	p.Control = stats.QuantilesOf(slices[control].fromDue)
	return p, true, nil
}

// keep adds what a slice showed to the lane's record.
func (l *lane) keep(out *sliceResult, began time.Time) {
	l.record.Tally.merge(out.tally)
	l.record.LateCalls += out.late
	if out.full {
		l.record.Full++
	}
	l.silent(out)
	at := stats.Millis(out.began.Sub(began))
	l.record.outage(at, stats.Millis(time.Since(began)), out.tally.Statuses[0] > 0)
	p := TimePoint{AtMs: at, Calls: len(out.fromDue), Faults: int(out.tally.Of(Fault))}
	if p.Calls > 0 {
		qs := stats.QuantilesOf(out.fromDue)
		p.P50Ms, p.P99Ms = qs[0], qs[2]
	}
	l.record.Timeline.add(p)
}

// silent counts the slices in a row without a single answer.
func (l *lane) silent(out *sliceResult) {
	if out.tally.Answered() > 0 {
		l.unanswered = 0
		return
	}
	l.unanswered++
}

func newOrder(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 1)) }
