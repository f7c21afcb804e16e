package terminal

import (
	"fmt"
	"io"
	"slices"
	"sync"
	"time"

	"github.com/revocheck/revocheck/report"
)

// Progress shows how a run goes on. It is safe for concurrent use; its zero
// value shows nothing.
type Progress struct {
	// saying keeps the lines in the order of what they count. The state has a
	// lock of its own, because the display asks for it while a line is written.
	saying  sync.Mutex
	display display

	mu      sync.Mutex
	total   int
	done    int
	failed  int
	running []string
	waits   map[string]time.Time // until when each waits
	now     func() time.Time
}

// display is where progress is shown.
type display interface {
	say(line string)
	finished(r report.Record, line string)
	close()
}

// NewProgress shows the progress of so many scenarios on w: with live, where w
// is a terminal, on one line that is kept up to date; with verbose by a line a
// scenario, on a terminal for those that did not pass; with neither not at all.
func NewProgress(w io.Writer, live, verbose bool, total int) *Progress {
	p := &Progress{total: total, waits: map[string]time.Time{}, now: time.Now}
	switch {
	case live:
		p.display = newLive(w, p.status, verbose)
	case verbose:
		p.display = plainLines{w}
	}
	return p
}

// Start says that a scenario has begun.
func (p *Progress) Start(id string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.running = append(p.running, id)
}

// Wait says that a scenario waits for that long at most.
func (p *Progress) Wait(id string, until time.Duration) {
	p.saying.Lock()
	defer p.saying.Unlock()
	if p.display == nil {
		return
	}
	p.mu.Lock()
	p.waits[id] = p.now().Add(until)
	p.mu.Unlock()
	p.display.say(report.Printable(id) + ": waits for up to " + report.Duration(until).String())
}

// Done says what came of a scenario.
func (p *Progress) Done(r report.Record) {
	r = r.AsStored()
	p.saying.Lock()
	defer p.saying.Unlock()
	line := p.finish(r)
	if p.display != nil {
		p.display.finished(r, line)
	}
}

// Close ends the display and leaves the terminal clean. It may be called twice.
func (p *Progress) Close() {
	p.saying.Lock()
	defer p.saying.Unlock()
	if p.display != nil {
		p.display.close()
		p.display = nil
	}
}

// finish counts the record and returns the line about it.
func (p *Progress) finish(r report.Record) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.done++
	p.total = max(p.total, p.done)
	if r.Verdict == report.Fail && !r.Warning(false) {
		p.failed++
	}
	if i := slices.Index(p.running, r.ID); i >= 0 {
		p.running = slices.Delete(p.running, i, i+1)
	}
	delete(p.waits, r.ID)
	line := fmt.Sprintf("[%d/%d] %s %s (%s)", p.done, p.total, r.Outcome(false), r.ID, r.Duration)
	if r.Verdict != report.Pass {
		line += ": " + r.Reason()
	}
	return report.Printable(line)
}

// status says what runs now, and for how long it still waits.
func (p *Progress) status() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	text := fmt.Sprintf("%d/%d", p.done, p.total)
	if p.failed > 0 {
		text += fmt.Sprintf(", %d failed", p.failed)
	}
	if len(p.running) == 0 {
		return text
	}
	id := p.running[0]
	text += "  " + report.Printable(id)
	if left := p.waits[id].Sub(p.now()); left > 0 {
		text += ", waits for up to " + report.Duration(left.Round(time.Second)).String()
	}
	if more := len(p.running) - 1; more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	return text
}
