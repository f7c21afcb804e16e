package writer

import (
	"fmt"

	"github.com/revocheck/revocheck/loadgen"
	"github.com/revocheck/revocheck/loadgen/stats"
)

// remarks are the sentences below the figures.
func remarks(r *loadgen.Result) []string {
	out := []string{pairsRemark(r)}
	if s := precisionRemark(r); s != "" {
		out = append(out, s)
	}
	if s := leakRemark(r); s != "" {
		out = append(out, s)
	}
	if s := r.Sequential; s != nil {
		out = append(out, fmt.Sprintf("one run after the other in the same time would have said p50 %s (naive interval)", stats.Milliseconds(s.DiffMs[0])))
	}
	for _, note := range r.Notes {
		out = append(out, "note: "+note)
	}
	if r.Stopped != "" {
		out = append(out, "stopped: "+r.Stopped)
	}
	return out
}

func pairsRemark(r *loadgen.Result) string {
	text := fmt.Sprintf("%d pairs of slices, %d dropped because the generator was late", len(r.Pairs), r.Dropped)
	if r.Dropped > 0 && r.Overheads[0].WithDropped.Valid() {
		text += fmt.Sprintf(" (with them: p50 %s)", stats.Milliseconds(r.Overheads[0].WithDropped))
	}
	if r.Empty > 0 {
		text += fmt.Sprintf("; %d rounds gave nothing to compare", r.Empty)
	}
	switch {
	case len(r.Pairs) < stats.MinPairs:
		text += fmt.Sprintf("; UNRELIABLE: fewer than %d pairs", stats.MinPairs)
	case !r.Reliable:
		text += fmt.Sprintf("; UNRELIABLE: more than %.0f%% dropped", 100*loadgen.MaxDropped)
	}
	return text
}

// leakRemark says how rare a leak may be and still have been missed. With no
// leak in n calls the rate is below 3/n with 95 % confidence.
func leakRemark(r *loadgen.Result) string {
	t := r.Subject.Tally
	switch dead := t.Dead(); {
	case t.Calls() == 0 || t.Of(loadgen.Leak)+t.Of(loadgen.Lapse) > 0:
		return ""
	case dead == 0:
		return fmt.Sprintf("leaks were not looked for: %s was sent no dead token", r.Subject.Name)
	default:
		return fmt.Sprintf("%d calls with dead tokens, none accepted: leaks in less than %.2g%% of such calls could have been missed", dead, min(100, 300/float64(dead)))
	}
}

func precisionRemark(r *loadgen.Result) string {
	switch p50 := r.Overheads[0].Relative; {
	case r.Precision != nil:
		return r.Precision.String()
	case p50.Valid():
		return fmt.Sprintf("precision: half-width of p50 is %.1f%% of the baseline", 100*p50.HalfWidth())
	}
	return ""
}
