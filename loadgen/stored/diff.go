package stored

import (
	"fmt"
	"io"
	"text/tabwriter"

	"github.com/revocheck/revocheck/loadgen"
	"github.com/revocheck/revocheck/loadgen/stats"
)

// Change is how the overhead moved between two stored runs at one quantile.
type Change struct {
	Quantile string         `json:"quantile"`
	Old      stats.Interval `json:"old_ms"`
	New      stats.Interval `json:"new_ms"`
	// Move is the difference of the two medians of paired differences, in
	// milliseconds, resampling each run alone.
	Move stats.Interval `json:"move_ms"`
	// Significant means that the interval of Move leaves zero out.
	Significant bool `json:"significant"`
}

// Difference is what Diff found.
type Difference struct {
	Changes []Change `json:"changes"`
	// Warnings name what differs between the runs besides the gateway.
	Warnings []string `json:"warnings,omitempty"`
}

// Diff compares the overheads of two runs. It compares the differences within
// the runs and not the latencies, because two runs never meet the same
// machine.
func Diff(before, after *loadgen.Result) (*Difference, error) {
	if len(before.Pairs) == 0 || len(after.Pairs) == 0 {
		return nil, fmt.Errorf("a run without pairs cannot be compared (%d and %d pairs)", len(before.Pairs), len(after.Pairs))
	}
	d := &Difference{Warnings: warnings(before, after)}
	for q := range stats.Quantiles {
		d.Changes = append(d.Changes, changeAt(before, after, q))
	}
	return d, nil
}

func changeAt(before, after *loadgen.Result, q int) Change {
	was, is := stats.Differences(before.Pairs, q), stats.Differences(after.Pairs, q)
	c := Change{Quantile: stats.QuantileNames[q], Old: stats.MedianInterval(was, before.Setup.Seed), New: stats.MedianInterval(is, after.Setup.Seed)}
	c.Move = stats.DifferenceInterval(was, is, before.Setup.Seed)
	c.Significant = c.Move.Valid() && !c.Move.Covers(0)
	return c
}

func warnings(before, after *loadgen.Result) (out []string) {
	differ := func(what string, a, b any) {
		if a != b {
			out = append(out, fmt.Sprintf("%s differs: %v and %v", what, a, b))
		}
	}
	differ("the rate", before.Setup.Rate, after.Setup.Rate)
	differ("the slice (ms)", before.Setup.SliceMs, after.Setup.SliceMs)
	differ("the mix", before.Setup.Mix, after.Setup.Mix)
	differ("the storm", before.Setup.Storm, after.Setup.Storm)
	differ("the population", before.Setup.Population, after.Setup.Population)
	differ("the number of processors", before.Tool.CPUs, after.Tool.CPUs)
	differ("the baseline", before.Baseline.Name, after.Baseline.Name)
	differ("the subject", before.Subject.Name, after.Subject.Name)
	for name, r := range map[string]*loadgen.Result{"the old run": before, "the new run": after} {
		if !r.Reliable {
			out = append(out, name+" is unreliable")
		}
	}
	return out
}

// Worse reports whether the overhead grew significantly at any quantile.
func (d *Difference) Worse() bool {
	for _, c := range d.Changes {
		if c.Significant && c.Move.Point > 0 {
			return true
		}
	}
	return false
}

// WriteText writes the difference as a table.
func (d *Difference) WriteText(w io.Writer) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "overhead\told\tnew\tmove\t")
	for _, c := range d.Changes {
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\n", c.Quantile, stats.Milliseconds(c.Old), stats.Milliseconds(c.New), stats.Milliseconds(c.Move), c.verdict())
	}
	for _, warning := range d.Warnings {
		fmt.Fprintf(t, "warning: %s\n", warning)
	}
	return t.Flush()
}

func (c Change) verdict() string {
	switch {
	case !c.Move.Valid():
		return "not known: too few pairs"
	case !c.Significant:
		return "not significant"
	case c.Move.Point > 0:
		return "worse"
	}
	return "better"
}
