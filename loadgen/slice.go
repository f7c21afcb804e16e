package loadgen

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/revocheck/revocheck/loadgen/pace"
	"github.com/revocheck/revocheck/loadgen/send"
)

// lane is a side with what it needs to be loaded: its connections, and what
// was recorded of it so far.
type lane struct {
	side      *Side
	transport http.RoundTripper
	record    SideRecord
	storm     stormRing
	// unanswered counts the slices in a row that got no answer.
	unanswered int
}

func newLane(s *Side, p Plan) *lane {
	l := &lane{side: s, transport: s.Transport, record: SideRecord{Name: s.Name}}
	if l.transport == nil {
		l.transport = send.NewTransport(p.MaxInFlight, p.Timeout)
	}
	return l
}

// sliceResult is what one slice showed. Latencies are milliseconds.
type sliceResult struct {
	began   time.Time
	fromDue []float64 // of the calls that count for the comparison
	actual  []float64
	tally   Tally
	late    uint64 // calls that the generator sent late
	sent    uint64
	full    bool // as many calls as allowed were waiting
}

// lateShare returns the part of the calls that the generator sent late by its
// own fault. When the target kept every connection waiting, it is not to blame.
func (r *sliceResult) lateShare() float64 {
	if r.full || r.sent == 0 {
		return 0
	}
	return float64(r.late) / float64(r.sent)
}

// runSlice loads a lane for one slice and waits for the answers. It returns
// an error only when the harness failed or the context ended.
func (l *lane) runSlice(ctx context.Context, p Plan, d draws) (*sliceResult, error) {
	calls := pace.Count(p.Schedule, p.Slice)
	if l.side.Mix != nil {
		d.mix = *l.side.Mix
	}
	if err := l.prepare(ctx, p, d, calls); err != nil {
		return nil, err
	}
	storm := l.startStorm(ctx, p, d)
	out, err := l.attack(ctx, p, d, calls)
	out.tally.merge(storm())
	if err == nil {
		err = ctx.Err()
	}
	return out, err
}

func (l *lane) prepare(ctx context.Context, p Plan, d draws, calls uint64) error {
	if l.side.Prepare == nil {
		return nil
	}
	needed := append(d.firstSeen(calls), l.stormTokens(p, d)...)
	if len(needed) == 0 {
		return nil
	}
	if err := l.side.Prepare(ctx, needed); err != nil {
		return fmt.Errorf("side %s: getting %d tokens ready: %w", l.side.Name, len(needed), err)
	}
	return nil
}

// attack sends the calls of the slice and records the answers.
func (l *lane) attack(ctx context.Context, p Plan, d draws, calls uint64) (*sliceResult, error) {
	due := pace.New(ctx, p.Schedule, calls, p.Slice+p.Timeout)
	caller := &send.Caller{Via: l.transport, Build: func(ctx context.Context, seq uint64) (*http.Request, error) {
		return l.side.NewRequest(ctx, l.storm.replace(d.call(seq)))
	}}
	rec := newRecorder(l, p, d, due, calls)
	err := send.All(ctx, caller, due, p.bounds(), rec.add)
	rec.out.full = caller.Peak()*10 >= int64(p.MaxInFlight)*9
	return rec.finish(), err
}
