package bench

import (
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/revocheck/revocheck/cmd/revocheck/internal/results"
	"github.com/revocheck/revocheck/loadgen"
	"github.com/revocheck/revocheck/loadgen/plot"
	"github.com/revocheck/revocheck/loadgen/stored"
	"github.com/revocheck/revocheck/loadgen/writer"
	"github.com/revocheck/revocheck/loadgen/writer/page"
)

// outputs are the files that a bench writes.
type outputs struct {
	json, benchstat, vegeta, hdr, svg, html string
	plots                                   []string // in the folder svg
	files                                   results.Files
	streamed                                *results.Stream // the vegeta file
}

func (o *outputs) register(flags *pflag.FlagSet) {
	flags.StringVar(&o.json, "json", "", "write the result as JSON, which report diff compares, to this `FILE`, - for standard output")
	flags.StringVar(&o.benchstat, "benchstat", "", "write the slices for benchstat to this `FILE`")
	flags.StringVar(&o.vegeta, "vegeta", "", "write every call as vegeta's binary results to this `FILE`, for report merge")
	flags.StringVar(&o.hdr, "hdr", "", "write the subject's percentiles in HdrHistogram's text form to this `FILE`")
	flags.StringVar(&o.html, "html", "", "write one self-contained page with the plots to this `FILE`, - for standard output")
	flags.StringVar(&o.svg, "svg", "", "write plots into this `DIRECTORY`: timeline.svg, percentiles.svg, overhead.svg")
}

// guard does a bench's work with its files, of which the target files are none.
func (f *Flags) guard(cmd *cobra.Command, work func(*cobra.Command) error) error {
	o := &f.out
	o.files.Stdout = cmd.OutOrStdout()
	for _, out := range []struct{ flag, name string }{{"json", o.json}, {"benchstat", o.benchstat}, {"vegeta", o.vegeta}, {"hdr", o.hdr}, {"html", o.html}} {
		o.files.Add(out.flag, out.name)
	}
	o.files.AddFolder("svg", o.svg, o.plots...)
	return o.files.Guard("json", []string{f.target, f.against}, func() error { return work(cmd) })
}

// stream opens the file for every call, and has the plan write to it.
func (o *outputs) stream(p *loadgen.Plan) (err error) {
	if o.streamed, err = o.files.Stream("vegeta"); o.streamed != nil {
		p.Sink = stored.StreamTo(o.streamed)
	}
	return err
}

// screen is where the result is shown: standard output, unless a document has
// it.
func (o *outputs) screen(cmd *cobra.Command) io.Writer {
	if o.files.OnStdout() {
		return cmd.ErrOrStderr()
	}
	return cmd.OutOrStdout()
}

// write writes the files that were asked for, and then shows the result.
func (f *Flags) write(cmd *cobra.Command, r *loadgen.Result) error {
	var errs []error
	if f.out.streamed != nil {
		errs = append(errs, f.out.streamed.Close())
	}
	for flag, write := range map[string]func(io.Writer) error{
		"json": of(r, stored.Write), "benchstat": of(r, writer.Benchstat), "hdr": r.Subject.FromDue.WriteHDR, "html": of(r, page.Write),
		"timeline.svg": of(r, plot.Timeline), "percentiles.svg": of(r, plot.Percentiles), "overhead.svg": of(r, plot.Overhead),
	} {
		errs = append(errs, f.out.files.Write(flag, write))
	}
	return errors.Join(append(errs, results.Shown(writer.Text(f.out.screen(cmd), r)))...)
}

// of fixes what a writer writes.
func of[T any](found T, write func(io.Writer, T) error) func(io.Writer) error {
	return func(w io.Writer) error { return write(w, found) }
}

// progressLine shows how far a bench is, on a terminal only.
func progressLine(w io.Writer) func(loadgen.Progress) {
	if _, live := results.IsTerminal(w); !live {
		return nil
	}
	return func(p loadgen.Progress) {
		fmt.Fprintf(w, "\r\x1b[K%s of %s, %d rounds, p50 %+.3f ms ± %.3f", p.Spent.Round(time.Second), p.Of,
			p.Rounds, p.Overhead.Point, p.Overhead.HalfWidth())
		if p.Spent >= p.Of {
			fmt.Fprint(w, "\r\x1b[K")
		}
	}
}
