package terminal

import (
	"fmt"
	"io"

	"github.com/revocheck/revocheck/report"
	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"
)

// plainLines writes every line, for logs.
type plainLines struct{ w io.Writer }

func (d plainLines) say(line string) { fmt.Fprintln(d.w, line) }

func (d plainLines) finished(_ report.Record, line string) { d.say(line) }

func (d plainLines) close() {}

// live keeps one line up to date, and lets what did not pass scroll by above.
type live struct {
	screen *mpb.Progress
	bar    *mpb.Bar
}

func newLive(w io.Writer, status func() string) live {
	screen := mpb.New(mpb.WithOutput(w), mpb.WithAutoRefresh(), mpb.ForceTTY())
	// The bar never counts: one that is complete would let go of the last lines.
	bar := screen.New(1, mpb.NopStyle(), mpb.PrependDecorators(
		decor.Any(func(decor.Statistics) string { return status() }),
	))
	return live{screen, bar}
}

// say is silent: the status tells it already.
func (d live) say(string) {}

func (d live) finished(r report.Record, line string) {
	if r.Verdict != report.Pass && r.Verdict != report.NotRun {
		fmt.Fprintln(d.screen, line)
	}
}

func (d live) close() {
	d.bar.Abort(true)
	d.screen.Wait()
}
