package scenarios

import (
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/report/latency"
)

// Repeat does something n times and leaves one step for all of it: the steps
// of the repetitions are folded, but for one that stops the scenario.
func (p *Play) Repeat(n int, do func(i int)) {
	p.repeat(n, func(i int) bool { do(i); return true })
}

// RepeatWhile is Repeat that ends once there is no more to do.
func (p *Play) RepeatWhile(n int, more func() bool, do func(i int)) {
	p.repeat(n, func(i int) bool {
		if !more() {
			return false
		}
		do(i)
		return true
	})
}

func (p *Play) repeat(n int, do func(i int) bool) {
	p.mu.Lock()
	start := len(p.record.Steps)
	p.mu.Unlock()
	for i := range n {
		if !do(i) {
			return
		}
		p.fold(start, i+1)
	}
}

// RepeatLogins is Repeat for what logs in, and says how often it was done. Where
// each login has to be waited for, as with a cut-off in whole seconds or with
// one token a second, it ends early: once the scenario has waited that share of
// the longest wait.
func (p *Play) RepeatLogins(n int, share float64, do func(i int)) int {
	done := 0
	p.repeat(n, func(i int) bool {
		if i > 0 && p.waitedOver(share, done) {
			p.Note("%d instead of %d: each login had to be waited for, and --max-wait is %s", done, n, p.maxWait)
			return false
		}
		do(i)
		done++
		return true
	})
	return done
}

// waitedOver leaves room for two waits more of the length that they have had.
func (p *Play) waitedOver(share float64, waits int) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.waited > 0 && p.waited+2*p.waited/time.Duration(waits) > time.Duration(share*float64(p.maxWait))
}

// fold keeps the first repetition's steps and counts the others in them.
func (p *Play) fold(start, times int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	steps := p.record.Steps[start:]
	each := len(steps)
	if times > 1 {
		each = len(steps) / 2
	}
	kept := steps[:each]
	for i := range kept {
		kept[i].Count = times
	}
	p.record.Steps = p.record.Steps[:start+each]
}

// confidence of the bounds that samples without a finding support.
const confidence = 0.95

// Bound adds to the record what a sample of n without one finding says: the
// highest rate that such a sample would have missed with a probability of 5 %.
func (p *Play) Bound(name string, n int, note string) {
	bound := upperBound(n)
	p.Number(name+" (upper bound)", bound*100, "%", note+"; a rate above the bound would have shown with 95 % confidence")
	if p.largest > 0 && bound > p.largest {
		p.Note("%s: the bound is %.2g %%, more than the %.2g %% asked for: limits, the way tokens are come by or --max-wait allow no larger sample", name, bound*100, p.largest*100)
	}
}

// SampleFor is Sample of n or, where Options.Largest asks for a lower bound, of as many
// as it takes.
func (p *Play) SampleFor(n int) int {
	if p.largest > 0 {
		n = max(n, samplesFor(p.largest))
	}
	return p.Sample(n)
}

// SampleOfLogins is SampleFor of what logs in each time, which only some targets let
// one do as often as one likes.
func (p *Play) SampleOfLogins(n int) int {
	if !p.MayLoginOften() {
		return p.Sample(n)
	}
	return p.SampleFor(n)
}

// samplesFor is the smallest sample whose upper bound is no higher than a rate, in
// whole groups of eight, which several clients share.
func samplesFor(rate float64) int {
	const shared = 8
	n := int(math.Ceil(math.Log(1-confidence) / math.Log1p(-rate)))
	return (n + shared - 1) / shared * shared
}

// upperBound solves (1-rate)^n = 1-confidence.
func upperBound(n int) float64 {
	if n == 0 {
		return 1
	}
	return 1 - math.Pow(1-confidence, 1/float64(n))
}

// Summary adds one step for many requests that a scenario sent by itself.
func (p *Play) Summary(what, expected, actual string, count int, ok bool) {
	p.Step(report.Step{Text: what, Expected: expected, Actual: actual, Count: count, OK: ok})
}

// Distribution adds to the record what was measured several times: the median,
// the 95th percentile and the longest, with how often it was measured. Without
// a measurement it adds nothing.
func (p *Play) Distribution(name string, measured []time.Duration, note string) {
	if len(measured) == 0 {
		return
	}
	sorted := slices.Sorted(slices.Values(measured))
	note = fmt.Sprintf("of %d, %s", len(sorted), note)
	for _, q := range []struct {
		name  string
		share float64
	}{{"p50", 0.5}, {"p95", 0.95}, {"max", 1}} {
		p.Number(name+" "+q.name, quantile(sorted, q.share).Seconds()*1000, "ms", note)
	}
}

// Latency adds to the record for how long each token was accepted after what ended it
// was acknowledged. Those that had not ended when the watch did are among them.
func (p *Play) Latency(t latency.Trigger, at latency.Place, measured []time.Duration, notEnded int, note string) {
	if len(measured) == 0 {
		return
	}
	name := latency.Name(t, at)
	p.Distribution(name, measured, note)
	if len(measured) >= latency.ForP99 {
		p.Number(name+" p99", quantile(slices.Sorted(slices.Values(measured)), 0.99).Seconds()*1000, "ms", note)
	}
	p.Number(name+" "+latency.Samples, float64(len(measured)), "1", "")
	p.Number(name+" "+latency.NotEnded, float64(notEnded), "1", "still accepted when the watch ended")
}

// quantile is the least of the sorted values that at least such a share of them
// does not exceed.
func quantile(sorted []time.Duration, share float64) time.Duration {
	rank := int(math.Ceil(share * float64(len(sorted))))
	return sorted[max(rank, 1)-1]
}

// atTimes is when a dead token is accepted by chance: the same call was refused, and is
// refused again.
const atTimes = "at times"

// How often a call in which a dead token was accepted is sent again, and after how many
// refusals they, and not chance, may be why.
const (
	timesAsked   = 3
	manyRefusals = 20
)

// askAgain tells chance from a state that lasts: it sends a call again in which a dead
// token was accepted for no other reason than, perhaps, the time.
func (p *Play) askAgain(f *report.Finding, t *Token, c *call) {
	sometimes := f.Where[report.AtTime] == atTimes
	if p.planning || f.Observable != report.DeadAccepted || len(f.Where) > 0 && !sometimes {
		return
	}
	lasts := true
	for range timesAsked {
		lasts = p.ask(t, c, "once more: ") == Accepted && lasts
	}
	if sometimes && lasts {
		p.sincePeriod(f.Where, t)
	}
}

// sincePeriod says from when on a token that was refused is accepted.
func (p *Play) sincePeriod(where report.Where, t *Token) {
	p.mu.Lock()
	refusals, since := t.of.life.refusals, p.now().Sub(t.of.endedThere)
	p.mu.Unlock()
	where[report.AtTime] = report.SomeTimeLater
	if left, ok := p.Clock().Left(t); ok && left <= time.Second+p.Clock().Unsure() {
		where[report.AtTime] = "in the last second before its exp"
		return
	}
	if refusals >= manyRefusals {
		where[report.AfterEvent] = fmt.Sprintf("%d refused calls", refusals)
		if since < later {
			delete(where, report.AtTime)
		}
	}
}

// times fills in when in the life of a dead token the call came.
func (p *Play) times(t *Token, call *report.Call) {
	p.mu.Lock()
	defer p.mu.Unlock()
	ended := t.of.endedThere
	if call.Since = report.Duration(p.now().Sub(ended)); t.given {
		return // its life began at an unknown time
	}
	if exp, ok := t.Exp(); ok {
		call.Life = report.Duration(exp.Sub(t.answered).Round(time.Second))
	}
	call.Age, call.Idle = report.Duration(ended.Sub(t.answered)), report.Duration(t.of.life.idle)
}
