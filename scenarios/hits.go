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

// BackendHits are the calls that reach the backend, where the target counts them.
type BackendHits struct{ p *Play }

// Hits are the calls that reach the backend.
func (p *Play) Hits() BackendHits { return BackendHits{p} }

// Count is how many calls have reached the backend.
func (h BackendHits) Count() int64 {
	counter := h.p.contract.Hits
	req := Request{Method: http.MethodGet}
	req.Base, req.Path = counter.Split()
	a := h.p.sender.Send(h.p.ctx, req, Accepted)
	if h.p.planning {
		return 0
	}
	if a.Err != nil {
		h.p.Inconclusive("the hit counter gave no answer: %s", wire.Reason(a.Err))
	}
	text, _ := wire.Pick(a.Body, cmp.Or(counter.Count, "$.hits"))
	n, err := strconv.ParseFloat(text, 64)
	if err != nil {
		h.p.Inconclusive("the hit counter's answer (%d) has no number at %s", a.Status, cmp.Or(counter.Count, "$.hits"))
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

// Mark notes how many calls have reached the backend, for Same.
func (h BackendHits) Mark() {
	n := h.p.settledHits()
	h.p.mu.Lock()
	h.p.hits = n
	h.p.mu.Unlock()
	h.p.Step(report.Step{Text: cmp.Or(h.p.text, "count backend hits"), Actual: fmt.Sprint(n), OK: true})
}

// Same stops the scenario if calls have reached the backend since
// Mark.
func (h BackendHits) Same() {
	n, before := h.p.settledHits(), h.p.markedHits()
	h.p.Step(report.Step{Text: cmp.Or(h.p.text, "count backend hits"), Expected: fmt.Sprint(before), Actual: fmt.Sprint(n), OK: n == before})
	if n != before {
		h.p.FailAs(report.DeadAccepted, report.Where{report.InForm: "refused, and reaches the backend all the same"}, "the backend was reached %d times by calls that were refused", n-before)
	}
}

// More stops the scenario unless at least one call has reached the
// backend since Mark: without that, an unchanged counter proves nothing.
func (h BackendHits) More() {
	if n, moved := h.p.awaitHits(hitsMayLag); !moved {
		h.p.Inconclusive("the hit counter did not move (%d) when a live call was accepted", n)
	}
}

// Moved reports whether a call has reached the backend since Mark. It
// waits no longer than the counter was seen to lag.
func (h BackendHits) Moved() bool {
	_, moved := h.p.awaitHits(h.p.hitsSettleFor())
	return moved
}

func (p *Play) markedHits() int64 {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.hits
}

// awaitHits looks until the counter has moved since Mark, and remembers how
// late that was if it had not at once.
func (p *Play) awaitHits(within time.Duration) (n int64, moved bool) {
	began := time.Now()
	n = p.Hits().Count()
	for wait := time.Millisecond; ; wait = min(2*wait, hitsSettle) {
		if p.planning || n > p.markedHits() {
			return n, true
		}
		if time.Since(began) >= within || !wire.Pause(p.ctx, wait) {
			return n, false
		}
		if n = p.Hits().Count(); n > p.markedHits() {
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
	return p.Hits().Count()
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
