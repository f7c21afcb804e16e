package loadgen

import (
	"fmt"
	"time"

	vegeta "github.com/tsenart/vegeta/v12/lib"

	"github.com/revocheck/revocheck/loadgen/send"
	"github.com/revocheck/revocheck/loadgen/stats"
)

// recorder judges the results of one slice.
type recorder struct {
	lane  *lane
	plan  Plan
	draws draws
	times times
	calls uint64
	// settled is the first call that counts for the comparison: those before
	// it pay for the change of sides.
	settled uint64
	all     bool // no class of the mix is accepted, so that refusals are compared
	out     sliceResult
}

// times says when the calls of a slice are due.
type times interface {
	Began() time.Time // zero until the first call is sent
	Due(call uint64) time.Time
}

// settleShare is the part of a slice that is judged but not compared.
const settleShare = 0.1

func newRecorder(l *lane, p Plan, d draws, t times, calls uint64) *recorder {
	r := &recorder{lane: l, plan: p, draws: d, times: t, calls: calls, all: true}
	r.settled = uint64(settleShare * float64(calls))
	for c := range classes {
		if d.mix.Share(c) > 0 && l.side.expects(c) == WantAccept && c.good() {
			r.all = false
		}
	}
	r.out.fromDue = make([]float64, 0, calls)
	r.out.actual = make([]float64, 0, calls)
	return r
}

// add judges one result. An error means that the harness failed.
func (r *recorder) add(res *vegeta.Result) error {
	if err := send.HarnessError(res.Error); err != nil {
		return err
	}
	s := r.judge(res)
	r.out.sent++
	r.out.tally.Add(s.Class, s.Outcome, s.Status, s.Fault)
	if s.Late > r.plan.LateLimit {
		r.out.late++
	}
	if s.Counts {
		r.keep(s)
	}
	return r.store(s)
}

func (r *recorder) judge(res *vegeta.Result) Sample {
	s := Sample{Side: r.lane.side.Name, Class: r.draws.call(res.Seq).Class, Status: int(res.Code), Number: res.Seq,
		Slice: r.draws.base, SentAt: res.Timestamp, Latency: res.Latency, Sent: res.BytesOut}
	s.Outcome = r.lane.side.judge(s.Class, s.Status)
	s.Fault = faultKind(s.Outcome, s.Status, res.Error)
	s.Late = max(0, res.Timestamp.Sub(r.times.Due(res.Seq)))
	s.Counts = res.Seq >= r.settled && r.compares(s)
	return s
}

// compares reports whether the call's latency counts. It is by the class and
// not by the answer, so that both sides count the same calls; a call that
// failed at once would flatter, and does not count.
func (r *recorder) compares(s Sample) bool {
	if s.Outcome == Fault && s.Fault != send.Timeout {
		return false
	}
	return r.all || s.Class.good()
}

func (r *recorder) keep(s Sample) {
	r.out.fromDue = append(r.out.fromDue, stats.Millis(s.FromDue()))
	r.out.actual = append(r.out.actual, stats.Millis(s.Latency))
	r.lane.record.FromDue.Add(s.FromDue())
	r.lane.record.FromSend.Add(s.Latency)
}

func (r *recorder) store(s Sample) error {
	if r.plan.Sink == nil {
		return nil
	}
	if err := r.plan.Sink(s); err != nil {
		return fmt.Errorf("storing the results of side %s: %w", s.Side, err)
	}
	return nil
}

func (r *recorder) finish() *sliceResult {
	r.out.began = r.times.Began()
	if r.out.began.IsZero() {
		r.out.began = time.Now()
	}
	if r.out.sent < r.calls {
		r.out.tally.Unsent = r.calls - r.out.sent
	}
	return &r.out
}
