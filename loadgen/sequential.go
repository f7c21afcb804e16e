package loadgen

import (
	"context"

	"github.com/revocheck/revocheck/loadgen/pace"
	"github.com/revocheck/revocheck/loadgen/stats"
)

// Sequential is the comparison that a bench exists to replace: one run of the
// baseline, then one of the subject. Its intervals are the naive ones and
// often wrong; they are given so that a reader can see by how much.
type Sequential struct {
	// DiffMs are the differences of the medians over slices, in milliseconds,
	// in the order of Quantiles.
	DiffMs [3]stats.Interval `json:"diff_ms"`
}

// MeasureSequentially runs the sides of a plan one after the other, for a
// third of the plan's duration each: the time that Bench gives to a side.
func MeasureSequentially(ctx context.Context, p Plan, s Sides) (*Sequential, error) {
	b, err := newBench(p, s)
	if err != nil {
		return nil, err
	}
	if err := b.warmUp(ctx); err != nil {
		return nil, err
	}
	var runs [2][3][]float64
	for i := range runs {
		if runs[i], err = b.block(ctx, b.lanes[i]); err != nil {
			return nil, err
		}
	}
	out := &Sequential{}
	for q := range stats.Quantiles {
		out.DiffMs[q] = stats.DifferenceInterval(runs[baseline][q], runs[subject][q], p.Seed)
	}
	return out, nil
}

// block runs slices of one lane without a break between them, and returns the
// quantiles of each.
func (b *bench) block(ctx context.Context, l *lane) (columns [3][]float64, err error) {
	slices := max(1, int(b.plan.Duration/(perRound*b.plan.Slice)))
	for range slices {
		out, err := l.runSlice(ctx, b.plan, draws{seed: b.plan.Seed, mix: b.plan.Mix, base: b.calls, round: b.calls})
		if err != nil {
			return columns, err
		}
		b.calls += pace.Count(b.plan.Schedule, b.plan.Slice)
		if len(out.fromDue) == 0 {
			continue
		}
		for q, v := range stats.QuantilesOf(out.fromDue) {
			columns[q] = append(columns[q], v)
		}
	}
	return columns, nil
}
