package writer

import (
	"fmt"
	"io"
	"text/tabwriter"

	"github.com/revocheck/revocheck/loadgen"
	"github.com/revocheck/revocheck/loadgen/stats"
)

// Sweep writes a sweep as a table.
func Sweep(w io.Writer, s *loadgen.Sweep) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintf(t, "%s\tp50 overhead\tp90 overhead\tp99 overhead\tbytes each\t\n", s.Of)
	for _, p := range s.Points {
		fmt.Fprintf(t, "%.0f", p.X)
		for _, o := range p.Overheads {
			if !o.Diff.Valid() {
				fmt.Fprint(t, "\t-")
				continue
			}
			fmt.Fprintf(t, "\t%s%s", stats.Milliseconds(o.Diff), mark(o))
		}
		fmt.Fprintf(t, "\t%s\t%s\n", bytesText(p.BytesEach), sweepRemark(p))
	}
	fmt.Fprintln(t, "~ not distinguishable from no overhead")
	return t.Flush()
}

func sweepRemark(p loadgen.SweepPoint) string {
	switch {
	case p.Bad > 0:
		return fmt.Sprintf("%d answers not as expected", p.Bad)
	case !p.Reliable:
		return "unreliable"
	}
	return ""
}

func mark(o stats.Overhead) string {
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
