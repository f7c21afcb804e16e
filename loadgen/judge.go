package loadgen

import (
	"fmt"
	"slices"

	"github.com/revocheck/revocheck/loadgen/limit"
	"github.com/revocheck/revocheck/loadgen/stats"
)

// Judge compares the result with the limits and stores what became of each
// in Thresholds. It is for the caller to call it once.
func (r *Result) Judge(l limit.Limits) {
	for _, o := range r.Overheads {
		if most, set := l.Overhead[o.Quantile]; set {
			r.Thresholds = append(r.Thresholds,
				limit.OverInterval("overhead "+o.Quantile, o.Relative, most, r.Reliable, limit.Percent(most), stats.Percentages))
		}
	}
	for _, o := range r.Overheads {
		if most, set := l.Latency[o.Quantile]; set {
			r.Thresholds = append(r.Thresholds,
				limit.OverInterval(o.Quantile, o.Level, stats.Millis(most), r.Reliable, most.String(), stats.Milliseconds))
		}
	}
	r.Thresholds = append(r.Thresholds, r.judgeCounts(l)...)
}

func (r *Result) judgeCounts(l limit.Limits) []limit.Threshold {
	t := r.Subject.Tally
	leaks := limit.OverCount("leaks", t.Of(Leak)+t.Of(Lapse), l.Leaks)
	if leaks.Found == "0" && t.Dead() == 0 {
		leaks.Found, leaks.State = "not looked for", limit.NotLookedFor
	}
	out := []limit.Threshold{
		leaks,
		limit.OverCount("over-blocks", t.Of(OverBlock), l.OverBlocks),
		limit.OverCount("faults", t.Of(Fault)+r.stormFaults(), l.Faults),
	}
	// A baseline that fails makes the overhead meaningless, whatever the
	// subject does, so that its own counts are held to the same limits.
	for _, side := range []SideRecord{r.Baseline, r.Control} {
		bad, most := side.Tally.Calls()+side.Tally.Unsent-side.Tally.Of(AsExpect), max(l.Leaks, l.OverBlocks, l.Faults)
		if bad > most {
			return append(out, limit.OverCount("baseline answers not as expected", bad, most))
		}
	}
	return out
}

// stormFaults counts the logouts of the subject's storm that failed.
func (r *Result) stormFaults() (n uint64) {
	for kind, count := range r.Subject.Tally.Faults {
		if len(kind) > len(logoutPrefix) && kind[:len(logoutPrefix)] == logoutPrefix {
			n += count
		}
	}
	return n
}

// Broken reports whether a limit was broken.
func (r *Result) Broken() bool {
	return slices.ContainsFunc(r.Thresholds, func(t limit.Threshold) bool { return t.State == limit.Broken })
}

// Unmeasured reports whether a limit was set that the run says nothing about:
// too few pairs, or too many of them late.
func (r *Result) Unmeasured() bool {
	return slices.ContainsFunc(r.Thresholds, func(t limit.Threshold) bool { return t.State == limit.Unmeasured })
}

// Partial says what the run was asked for and did not give; "" if it gave all.
func (r *Result) Partial() string {
	switch {
	case r.Stopped != "":
		return r.Stopped
	case len(r.Pairs) < stats.MinPairs:
		return fmt.Sprintf("%d pairs are too few for an interval: measure for longer", len(r.Pairs))
	case !r.Reliable:
		return fmt.Sprintf("unreliable: %d of %d pairs were dropped because the generator was late", r.Dropped, len(r.Pairs))
	case r.Unmeasured():
		return "a limit was set about which the run says nothing"
	case r.Precision != nil && !r.Precision.Reached:
		return r.Precision.String()
	}
	return ""
}
