package bench

import (
	"context"
	"encoding/json"
	"errors"
	"io"

	"github.com/spf13/cobra"

	"github.com/revocheck/revocheck/cmd/revocheck/internal/exit"
	"github.com/revocheck/revocheck/cmd/revocheck/internal/results"
	"github.com/revocheck/revocheck/loadgen"
	"github.com/revocheck/revocheck/loadgen/plot"
	"github.com/revocheck/revocheck/loadgen/writer"
)

// Sweep is bench sweep and its flags.
type Sweep struct {
	Flags
	populations, replicas []int
}

// Register defines the flags.
func (f *Sweep) Register(cmd *cobra.Command) {
	f.registerGateway(cmd.Flags())
	f.registerLoad(cmd.Flags())
	flags := cmd.Flags()
	flags.StringVar(&f.against, "against", "", "the `baseline`: none, verify (default) or a strategy")
	flags.BoolVar(&f.allowPartial, "allow-partial", false, "exit 0 when a point is unreliable")
	flags.IntSliceVar(&f.populations, "populations", nil, "revoked tokens in the store, one bench each")
	flags.IntSliceVar(&f.replicas, "over-replicas", nil, "replicas of the gateway, one bench each")
	flags.StringVar(&f.out.json, "json", "", "write the sweep as JSON to this `FILE`, - for standard output")
	flags.StringVar(&f.out.svg, "svg", "", "write the plot into this `DIRECTORY`: cost.svg")
	cmd.MarkFlagsOneRequired("populations", "over-replicas")
	cmd.MarkFlagsMutuallyExclusive("populations", "over-replicas")
}

// Run benches each point, and shows them in one table.
func (f *Sweep) Run(cmd *cobra.Command) error {
	f.out.plots = []string{"cost.svg"}
	return f.guard(cmd, f.sweep)
}

func (f *Sweep) sweep(cmd *cobra.Command) error {
	of, values, field := "revoked tokens", f.populations, &f.tokens.Population
	if f.replicas != nil {
		of, values, field = "replicas", f.replicas, &f.gateway.Replicas
	}
	for _, v := range values {
		*field = v
		if err := f.check(cmd); err != nil {
			return err
		}
	}
	plan, err := f.plan(cmd)
	if err != nil {
		return err
	}
	sweep, err := loadgen.RunSweep(cmd.Context(), plan, of, values,
		func(ctx context.Context, x int) (loadgen.Sides, float64, func(), error) {
			*field = x
			p, err := f.pairing(ctx, cmd)
			if err != nil {
				return loadgen.Sides{}, 0, nil, err
			}
			return p.Sides, p.BytesEach, func() { _ = p.Close() }, nil
		})
	return f.writeSweep(cmd, sweep, err)
}

// writeSweep shows the points that were done, whatever ended the sweep.
func (f *Sweep) writeSweep(cmd *cobra.Command, s *loadgen.Sweep, err error) error {
	files := &f.out.files
	written := errors.Join(
		files.Write("json", func(w io.Writer) error { return json.NewEncoder(w).Encode(s) }),
		files.Write("cost.svg", of(s, plot.Cost)),
		results.Shown(writer.Sweep(f.out.screen(cmd), s)))
	if err := errors.Join(err, written); err != nil {
		return benchError(err)
	}
	for _, p := range s.Points {
		if p.Bad > 0 {
			return exit.Verdict(1)
		}
	}
	for _, p := range s.Points {
		if !p.Reliable && !f.allowPartial {
			return exit.Partial("partial: the figures at %.0f %s are unreliable: measure for longer", p.X, s.Of)
		}
	}
	return nil
}
