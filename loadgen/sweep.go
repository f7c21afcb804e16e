package loadgen

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"text/tabwriter"
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
	X         float64    `json:"x"`
	Overheads []Overhead `json:"overheads"`
	Reliable  bool       `json:"reliable"`
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

// WriteJSON writes the sweep.
func (s *Sweep) WriteJSON(w io.Writer) error { return json.NewEncoder(w).Encode(s) }

// WriteText writes the sweep as a table.
func (s *Sweep) WriteText(w io.Writer) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintf(t, "%s\tp50 overhead\tp90 overhead\tp99 overhead\tbytes each\t\n", s.Of)
	for _, p := range s.Points {
		fmt.Fprintf(t, "%.0f", p.X)
		for _, o := range p.Overheads {
			if !o.Diff.Valid() {
				fmt.Fprint(t, "\t-")
				continue
			}
			fmt.Fprintf(t, "\t%s%s", Milliseconds(o.Diff), mark(o))
		}
		fmt.Fprintf(t, "\t%s\t%s\n", bytesText(p.BytesEach), p.remark())
	}
	fmt.Fprintln(t, "~ not distinguishable from no overhead")
	return t.Flush()
}

func (p SweepPoint) remark() string {
	switch {
	case p.Bad > 0:
		return fmt.Sprintf("%d answers not as expected", p.Bad)
	case !p.Reliable:
		return "unreliable"
	}
	return ""
}

func mark(o Overhead) string {
	if o.Distinct {
		return ""
	}
	return " ~"
}

func bytesText(each float64) string {
	if each <= 0 {
		return "-"
	}
	return fmt.Sprintf("%.0f", each)
}
