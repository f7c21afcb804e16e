package scenarios

import (
	"cmp"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios/wire"
)

// CountHits is how many calls have reached the backend.
func (p *Play) CountHits() int64 {
	h := p.contract.Hits
	req := Request{Method: http.MethodGet}
	req.Base, req.Path = h.Split()
	a := p.sender.Send(p.ctx, req, Accepted)
	if p.planning {
		return 0
	}
	if a.Err != nil {
		p.Inconclusive("the hit counter gave no answer: %s", wire.Reason(a.Err))
	}
	text, _ := wire.Pick(a.Body, cmp.Or(h.Count, "$.hits"))
	n, err := strconv.ParseFloat(text, 64)
	if err != nil {
		p.Inconclusive("the hit counter's answer (%d) has no number at %s", a.Status, cmp.Or(h.Count, "$.hits"))
	}
	return int64(n)
}

// hitsMayLag is how late after its answer a call may show in the hit counter,
// and hitsSettle the least that a counter which lags is given: one that is
// flushed now and then may once have been lucky.
const (
	hitsMayLag = 2 * time.Second
	hitsSettle = 100 * time.Millisecond
)

// MarkHits notes how many calls have reached the backend, for SameHits.
func (p *Play) MarkHits() {
	n := p.settledHits()
	p.mu.Lock()
	p.hits = n
	p.mu.Unlock()
	p.Step(report.Step{Text: cmp.Or(p.text, "count backend hits"), Actual: fmt.Sprint(n), OK: true})
}

// SameHits stops the scenario if calls have reached the backend since
// MarkHits.
func (p *Play) SameHits() {
	n, before := p.settledHits(), p.markedHits()
	p.Step(report.Step{Text: cmp.Or(p.text, "count backend hits"), Expected: fmt.Sprint(before), Actual: fmt.Sprint(n), OK: n == before})
	if n != before {
		p.Fail("the backend was reached %d times by calls that were refused", n-before)
	}
}

// MoreHits stops the scenario unless at least one call has reached the
// backend since MarkHits: without that, an unchanged counter proves nothing.
func (p *Play) MoreHits() {
	if n, moved := p.awaitHits(hitsMayLag); !moved {
		p.Inconclusive("the hit counter did not move (%d) when a live call was accepted", n)
	}
}

// HitsMoved reports whether a call has reached the backend since MarkHits. It
// waits no longer than the counter was seen to lag.
func (p *Play) HitsMoved() bool {
	_, moved := p.awaitHits(p.hitsSettleFor())
	return moved
}

func (p *Play) markedHits() int64 {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.hits
}

// awaitHits looks until the counter has moved since MarkHits, and remembers how
// late that was if it had not at once.
func (p *Play) awaitHits(within time.Duration) (n int64, moved bool) {
	began := time.Now()
	n = p.CountHits()
	for wait := time.Millisecond; ; wait = min(2*wait, hitsSettle) {
		if p.planning || n > p.markedHits() {
			return n, true
		}
		if time.Since(began) >= within || !wire.Pause(p.ctx, wait) {
			return n, false
		}
		if n = p.CountHits(); n > p.markedHits() {
			p.hitsCameLate(time.Since(began))
		}
	}
}

func (p *Play) hitsCameLate(by time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.hitsLag = max(p.hitsLag, by)
}

// settledHits counts once what came late is counted.
func (p *Play) settledHits() int64 {
	if d := p.hitsSettleFor(); d > 0 {
		wire.Pause(p.ctx, d)
	}
	return p.CountHits()
}

// hitsSettleFor is 0 as long as the counter has not been seen to lag.
func (p *Play) hitsSettleFor() time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.hitsLag == 0 {
		return 0
	}
	return min(max(2*p.hitsLag, hitsSettle), hitsMayLag)
}
