package loadgen

import (
	"context"
	"fmt"

	"github.com/revocheck/revocheck/loadgen/stats"
)

// Sweep is a bench repeated while one thing changes: the revoked population,
// or the number of replicas.
type Sweep struct {
	Schema int          `json:"schema"`
	Kind   string       `json:"kind"`
	Of     string       `json:"of"` // "revoked tokens", "replicas"
	Points []SweepPoint `json:"points"`
}

// SweepKind marks the JSON form of a Sweep.
const SweepKind = "revocheck-sweep"

// SweepPoint is the cost at one value.
type SweepPoint struct {
	X         float64          `json:"x"`
	Overheads []stats.Overhead `json:"overheads"`
	Reliable  bool             `json:"reliable"`
	// BytesEach is the memory of one revoked token; 0 when it is not known.
	BytesEach float64 `json:"bytes_each,omitempty"`
	// Bad counts the answers of the subject that were not as expected.
	Bad uint64 `json:"bad"`
}

// Setting makes one point of a sweep ready and returns what to compare, how
// many bytes a revoked token takes (0 if not known), and what undoes it.
type Setting func(ctx context.Context, x int) (s Sides, bytesEach float64, undo func(), err error)

// RunSweep benches every value in turn. It returns the points that were done
// together with the error that ended it.
func RunSweep(ctx context.Context, p Plan, of string, values []int, set Setting) (*Sweep, error) {
	out := &Sweep{Schema: Schema, Kind: SweepKind, Of: of}
	for _, x := range values {
		point, err := sweepPoint(ctx, p, x, set)
		if err != nil {
			return out, fmt.Errorf("at %d %s: %w", x, of, err)
		}
		out.Points = append(out.Points, point)
		if ctx.Err() != nil {
			break
		}
	}
	return out, nil
}

func sweepPoint(ctx context.Context, p Plan, x int, set Setting) (SweepPoint, error) {
	sides, each, undo, err := set(ctx, x)
	if err != nil {
		return SweepPoint{}, err
	}
	defer undo()
	r, err := Bench(ctx, p, sides)
	if err != nil {
		return SweepPoint{}, err
	}
	t := r.Subject.Tally
	return SweepPoint{X: float64(x), Overheads: r.Overheads, Reliable: r.Reliable, BytesEach: each,
		Bad: t.Calls() + t.Unsent - t.Of(AsExpect)}, nil
}
