package loadgen

import "fmt"

// remarks are the sentences below the figures.
func (r *Result) remarks() []string {
	out := []string{r.pairsRemark()}
	if s := r.precisionRemark(); s != "" {
		out = append(out, s)
	}
	if s := r.leakRemark(); s != "" {
		out = append(out, s)
	}
	if s := r.Sequential; s != nil {
		out = append(out, fmt.Sprintf("one run after the other in the same time would have said p50 %s (naive interval)", Milliseconds(s.DiffMs[0])))
	}
	for _, note := range r.Notes {
		out = append(out, "note: "+note)
	}
	if r.Stopped != "" {
		out = append(out, "stopped: "+r.Stopped)
	}
	return out
}

func (r *Result) pairsRemark() string {
	text := fmt.Sprintf("%d pairs of slices, %d dropped because the generator was late", len(r.Pairs), r.Dropped)
	if r.Dropped > 0 && r.Overheads[0].WithDropped.Valid() {
		text += fmt.Sprintf(" (with them: p50 %s)", Milliseconds(r.Overheads[0].WithDropped))
	}
	if r.Empty > 0 {
		text += fmt.Sprintf("; %d rounds gave nothing to compare", r.Empty)
	}
	switch {
	case len(r.Pairs) < minPairs:
		text += fmt.Sprintf("; UNRELIABLE: fewer than %d pairs", minPairs)
	case !r.Reliable:
		text += fmt.Sprintf("; UNRELIABLE: more than %.0f%% dropped", 100*maxDropped)
	}
	return text
}

// leakRemark says how rare a leak may be and still have been missed. With no
// leak in n calls the rate is below 3/n with 95 % confidence.
func (r *Result) leakRemark() string {
	t := r.Subject.Tally
	switch dead := t.Dead(); {
	case t.Calls() == 0 || t.Of(Leak)+t.Of(Lapse) > 0:
		return ""
	case dead == 0:
		return fmt.Sprintf("leaks were not looked for: %s was sent no dead token", r.Subject.Name)
	default:
		return fmt.Sprintf("%d calls with dead tokens, none accepted: leaks in less than %.2g%% of such calls could have been missed", dead, min(100, 300/float64(dead)))
	}
}

func (r *Result) precisionRemark() string {
	p := r.Precision
	switch {
	case p == nil && r.Overheads[0].Relative.Valid():
		return fmt.Sprintf("precision: half-width of p50 is %.1f%% of the baseline", 100*r.Overheads[0].Relative.HalfWidth())
	case p == nil:
		return ""
	case p.Got < 0:
		return fmt.Sprintf("precision of %s NOT REACHED: too few pairs", percent(p.Asked))
	case p.Reached:
		return fmt.Sprintf("precision of %s reached: half-width of p50 is %.1f%% of the baseline", percent(p.Asked), 100*p.Got)
	}
	return fmt.Sprintf("precision of %s NOT REACHED: half-width of p50 is %.1f%% of the baseline", percent(p.Asked), 100*p.Got)
}
