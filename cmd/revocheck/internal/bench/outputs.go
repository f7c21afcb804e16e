package bench

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/revocheck/revocheck/cmd/revocheck/internal/exit"
	"github.com/revocheck/revocheck/cmd/revocheck/internal/results"
	"github.com/revocheck/revocheck/loadgen"
	"github.com/revocheck/revocheck/loadgen/plot"
	"github.com/revocheck/revocheck/loadgen/stored"
	"github.com/revocheck/revocheck/loadgen/writer"
)

// outputs are the files that a bench writes.
type outputs struct {
	json, save, benchstat, vegeta, hdr, svg string
	streamed                                func() error // ends the vegeta file
}

func (o *outputs) register(flags *pflag.FlagSet) {
	flags.StringVar(&o.json, "json", "", "write the result as JSON to this `FILE`, - for standard output")
	flags.StringVar(&o.save, "save", "", "save the result to this `FILE`, for report diff")
	flags.StringVar(&o.benchstat, "benchstat", "", "write the slices for benchstat to this `FILE`")
	flags.StringVar(&o.vegeta, "vegeta", "", "write every call as vegeta's binary results to this `FILE`, for report merge")
	flags.StringVar(&o.hdr, "hdr", "", "write the subject's percentiles in HdrHistogram's text form to this `FILE`")
	flags.StringVar(&o.svg, "svg", "", "write plots into this `DIRECTORY`: timeline.svg, percentiles.svg, overhead.svg")
}

func (o *outputs) check() error {
	if o.json == "-" && (o.save == "-" || o.benchstat == "-" || o.hdr == "-") {
		return exit.Usage("only one document can have standard output")
	}
	return nil
}

// stream opens the file for every call, and has the plan write to it.
func (o *outputs) stream(p *loadgen.Plan) error {
	if o.vegeta == "" {
		return nil
	}
	file, err := os.Create(o.vegeta)
	if err != nil {
		return exit.Usage("--vegeta: %w", err)
	}
	buffered := bufio.NewWriterSize(file, 1<<16)
	p.Sink = stored.StreamTo(buffered)
	o.streamed = func() error { return errors.Join(buffered.Flush(), file.Close()) }
	return nil
}

// write shows the result and writes the files that were asked for.
func (f *Flags) write(cmd *cobra.Command, r *loadgen.Result) error {
	screen := cmd.OutOrStdout()
	if f.out.json == "-" || f.out.save == "-" || f.out.benchstat == "-" || f.out.hdr == "-" {
		screen = cmd.ErrOrStderr() // standard output is the document alone
	}
	errs := []error{writer.Text(screen, r)}
	if f.out.streamed != nil {
		errs = append(errs, f.out.streamed())
	}
	for name, write := range map[string]func(io.Writer) error{
		f.out.json: of(r, stored.Write), f.out.save: of(r, stored.Write), f.out.benchstat: of(r, writer.Benchstat), f.out.hdr: r.Subject.FromDue.WriteHDR,
	} {
		errs = append(errs, results.WriteTo(cmd.OutOrStdout(), name, write))
	}
	return errors.Join(append(errs, plots(f.out.svg, map[string]func(io.Writer) error{
		"timeline.svg": of(r, plot.Timeline), "percentiles.svg": of(r, plot.Percentiles), "overhead.svg": of(r, plot.Overhead),
	}))...)
}

// of fixes what a writer writes.
func of[T any](found T, write func(io.Writer, T) error) func(io.Writer) error {
	return func(w io.Writer) error { return write(w, found) }
}

// plots writes files into a directory, which is made if need be.
func plots(dir string, files map[string]func(io.Writer) error) error {
	if dir == "" {
		return nil
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	var errs []error
	for name, write := range files {
		errs = append(errs, results.WriteTo(nil, filepath.Join(dir, name), write))
	}
	return errors.Join(errs...)
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
