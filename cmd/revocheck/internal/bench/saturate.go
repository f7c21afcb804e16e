package bench

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/revocheck/revocheck/cmd/revocheck/internal/results"
	"github.com/revocheck/revocheck/loadgen"
)

// Saturation is bench saturate and its flags.
type Saturation struct {
	Flags
	search loadgen.Search
}

// Register defines the flags.
func (f *Saturation) Register(cmd *cobra.Command) {
	f.registerGateway(cmd.Flags())
	f.registerLoad(cmd.Flags())
	flags := cmd.Flags()
	flags.StringVar(&f.target, "target", "", "target `FILE` of a gateway to load instead of the reference gateway")
	flags.Float64Var(&f.search.From, "from", 100, "first rate, in calls a second")
	flags.Float64Var(&f.search.To, "to", 50_000, "last rate")
	flags.DurationVar(&f.search.MaxP99, "max-p99", 0, "the bound on p99, from the due time (default 20ms)")
	flags.DurationVar(&f.search.Probe, "probe", 0, "how long each rate is held (default 3s)")
	flags.StringVar(&f.out.json, "json", "", "write the search as JSON to this `FILE`, - for standard output")
}

// Run looks for the highest rate that holds.
func (f *Saturation) Run(cmd *cobra.Command) error { return f.guard(cmd, f.saturate) }

func (f *Saturation) saturate(cmd *cobra.Command) error {
	if err := f.check(cmd); err != nil {
		return err
	}
	plan, err := f.plan(cmd)
	if err != nil {
		return err
	}
	p, err := f.pairing(cmd.Context(), cmd)
	if err != nil {
		return benchError(err)
	}
	found, err := loadgen.Saturate(cmd.Context(), plan, f.search, p.Subject)
	if err := errors.Join(err, p.Close()); err != nil {
		return benchError(err)
	}
	if err := f.out.files.Write("json", func(w io.Writer) error { return json.NewEncoder(w).Encode(found) }); err != nil {
		return err
	}
	return results.Shown(printSaturation(f.out.screen(cmd), found, p.Shared))
}

func printSaturation(to io.Writer, s *loadgen.Saturation, shared bool) error {
	w := &bytes.Buffer{}
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "rate\tsent\tp99\tlate by itself\t")
	for _, p := range s.Probes {
		fmt.Fprintf(t, "%.0f/s\t%.0f/s\t%.2fms\t%.1f%%\t%s\n", p.Rate, p.Sent, p.P99Ms, 100*p.Late, p.Why)
	}
	_ = t.Flush()
	switch {
	case s.Rate == 0:
		fmt.Fprintf(w, "%s does not hold even the first rate: %s\n", s.Side, s.Limit)
	case s.AtCeiling:
		fmt.Fprintf(w, "%s holds %.0f calls a second, the highest rate that was tried\n", s.Side, s.Rate)
	default:
		fmt.Fprintf(w, "%s holds %.0f calls a second with p99 under %.0f ms; above it: %s\n", s.Side, s.Rate, s.MaxP99, s.Limit)
	}
	if shared {
		fmt.Fprintln(w, "the generator shares the processors with the gateway: alone, the gateway would hold more")
	}
	_, err := w.WriteTo(to)
	return err
}
