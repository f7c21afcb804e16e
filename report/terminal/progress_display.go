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

// live keeps one line up to date and, if it is verbose, lets what did not pass
// scroll by above.
type live struct {
	screen  *mpb.Progress
	bar     *mpb.Bar
	verbose bool
}

func newLive(w io.Writer, status func() string, verbose bool) live {
	screen := mpb.New(mpb.WithOutput(w), mpb.WithAutoRefresh(), mpb.ForceTTY())
	// The bar never counts: one that is complete would let go of the last lines.
	bar := screen.New(1, mpb.NopStyle(), mpb.PrependDecorators(
		decor.Any(func(decor.Statistics) string { return status() }),
	))
	return live{screen, bar, verbose}
}

// say is silent: the status tells it already.
func (d live) say(string) {}

func (d live) finished(r report.Record, line string) {
	if d.verbose && r.Verdict != report.Pass && r.Verdict != report.NotRun {
		fmt.Fprintln(d.screen, line)
	}
}

func (d live) close() {
	d.bar.Abort(true)
	d.screen.Wait()
}
