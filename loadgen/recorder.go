package loadgen

import (
	"errors"
	"fmt"
	"strings"
	"time"

	vegeta "github.com/tsenart/vegeta/v12/lib"
)

// recorder judges the results of one slice.
type recorder struct {
	lane  *lane
	plan  Plan
	draws draws
	pace  *pacer
	calls uint64
	// settled is the first call that counts for the comparison: those before
	// it pay for the change of sides.
	settled uint64
	all     bool // no class of the mix is accepted, so that refusals are compared
	out     sliceResult
}

// settleShare is the part of a slice that is judged but not compared.
const settleShare = 0.1

func newRecorder(l *lane, p Plan, d draws, pace *pacer, calls uint64) *recorder {
	r := &recorder{lane: l, plan: p, draws: d, pace: pace, calls: calls, all: true}
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
	s := r.judge(res)
	if s.fault == faultKinds[0].kind {
		return errors.New(strings.TrimPrefix(res.Error, "Get \"http://numbered.invalid/\": "))
	}
	r.out.sent++
	r.out.tally.add(s.class, s.outcome, int(res.Code), s.fault)
	if s.late > r.plan.LateLimit {
		r.out.late++
	}
	if s.counts {
		r.keep(s)
	}
	return r.store(s, res)
}

func (r *recorder) judge(res *vegeta.Result) sample {
	s := sample{class: r.draws.call(res.Seq).Class, latency: res.Latency, slice: r.draws.base}
	s.outcome = r.lane.side.judge(s.class, int(res.Code))
	s.fault = faultKind(s.outcome, int(res.Code), res.Error)
	s.late = max(0, res.Timestamp.Sub(r.pace.due(res.Seq)))
	s.counts = res.Seq >= r.settled && r.compares(s)
	return s
}

// compares reports whether the call's latency counts. It is by the class and
// not by the answer, so that both sides count the same calls; a call that
// failed at once would flatter, and does not count.
func (r *recorder) compares(s sample) bool {
	if s.outcome == Fault && s.fault != "timeout" {
		return false
	}
	return r.all || s.class.good()
}

func (r *recorder) keep(s sample) {
	r.out.fromDue = append(r.out.fromDue, millis(s.fromDue()))
	r.out.actual = append(r.out.actual, millis(s.latency))
	r.lane.record.FromDue.Add(s.fromDue())
	r.lane.record.FromSend.Add(s.latency)
}

func (r *recorder) store(s sample, res *vegeta.Result) error {
	if r.plan.Sink == nil {
		return nil
	}
	if err := r.plan.Sink(forSink(r.lane.side.Name, s, res)); err != nil {
		return fmt.Errorf("storing the results of side %s: %w", r.lane.side.Name, err)
	}
	return nil
}

func (r *recorder) finish() *sliceResult {
	r.out.began = r.pace.began
	if r.out.began.IsZero() {
		r.out.began = time.Now()
	}
	if r.out.sent < r.calls {
		r.out.tally.Unsent = r.calls - r.out.sent
	}
	return &r.out
}
