package simulate

import (
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/revocheck/revocheck/cmd/revocheck/internal/results"
	"github.com/revocheck/revocheck/loadgen/simulation/words"
)

// progress shows how much is done, and how long the rest takes.
type progress struct {
	out     io.Writer
	started time.Time
	mu      sync.Mutex
	shown   time.Time
}

// newProgress is nil where nobody looks.
func newProgress(out io.Writer) *progress {
	if _, is := results.IsTerminal(out); !is {
		return nil
	}
	return &progress{out: out, started: time.Now()}
}

// told shows a share five times a second at most.
func (p *progress) told(share float64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if now := time.Now(); now.Sub(p.shown) >= time.Second/5 {
		p.shown = now
		fmt.Fprintf(p.out, "\r\x1b[K%s", line(share, now.Sub(p.started)))
	}
}

// line says what is done after a time.
func line(share float64, after time.Duration) string {
	text := fmt.Sprintf("%3.0f %% simulated", 100*share)
	if share < 0.01 {
		return text
	}
	return text + ", about " + words.Seconds((time.Duration(float64(after)*(1-share)/share) + time.Second/2).Truncate(time.Second).Seconds()) + " left; Ctrl-C shows what is there"
}

// end clears the line.
func (p *progress) end() {
	if p != nil {
		fmt.Fprint(p.out, "\r\x1b[K")
	}
}
