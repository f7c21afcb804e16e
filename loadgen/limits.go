package loadgen

import (
	"fmt"
	"slices"
	"time"
)

// Judge compares the result with the limits and stores what became of each
// in Thresholds. It is for the caller to call it once.
func (r *Result) Judge(l Limits) {
	for _, o := range r.Overheads {
		if limit, set := l.Overhead[o.Quantile]; set {
			r.Thresholds = append(r.Thresholds, Threshold{Name: "overhead " + o.Quantile, Limit: percent(limit),
				Found: found(o.Relative, Percentages), State: stateOf(o.Relative, limit, r.Reliable)})
		}
	}
	for _, o := range r.Overheads {
		if limit, set := l.Latency[o.Quantile]; set {
			r.Thresholds = append(r.Thresholds, Threshold{Name: o.Quantile, Limit: limit.String(),
				Found: found(o.Level, Milliseconds), State: stateOf(o.Level, millis(limit), r.Reliable)})
		}
	}
	r.Thresholds = append(r.Thresholds, r.judgeCounts(l)...)
}

func (r *Result) judgeCounts(l Limits) []Threshold {
	t := r.Subject.Tally
	leaks := countLimit("leaks", t.Of(Leak)+t.Of(Lapse), l.Leaks)
	if leaks.Found == "0" && t.Dead() == 0 {
		leaks.Found, leaks.State = "not looked for", NotLookedFor
	}
	out := []Threshold{
		leaks,
		countLimit("over-blocks", t.Of(OverBlock), l.OverBlocks),
		countLimit("faults", t.Of(Fault)+r.stormFaults(), l.Faults),
	}
	// A baseline that fails makes the overhead meaningless, whatever the
	// subject does, so that its own counts are held to the same limits.
	for _, side := range []SideRecord{r.Baseline, r.Control} {
		bad := side.Tally.Calls() + side.Tally.Unsent - side.Tally.Of(AsExpect)
		if bad > max(l.Leaks, l.OverBlocks, l.Faults) {
			out = append(out, countLimit("baseline answers not as expected", bad, max(l.Leaks, l.OverBlocks, l.Faults)))
			break
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

func found(i Interval, render func(Interval) string) string {
	if !i.Valid() {
		return fmt.Sprintf("%d pairs are too few", i.N)
	}
	return render(i)
}

func countLimit(name string, found, limit uint64) Threshold {
	t := Threshold{Name: name, Limit: fmt.Sprint(limit), Found: fmt.Sprint(found), State: Kept}
	if found > limit {
		t.State = BrokenLimit
	}
	return t
}

func stateOf(i Interval, limit float64, reliable bool) State {
	switch {
	case !i.Valid() || !reliable:
		return Unmeasured
	case i.Lo > limit:
		return BrokenLimit
	case i.Hi <= limit:
		return Proven
	}
	return Held
}

// Broken reports whether a limit was broken.
func (r *Result) Broken() bool {
	return slices.ContainsFunc(r.Thresholds, func(t Threshold) bool { return t.State == BrokenLimit })
}

// Unmeasured reports whether a limit was set that the run says nothing about:
// too few pairs, or too many of them late.
func (r *Result) Unmeasured() bool {
	return slices.ContainsFunc(r.Thresholds, func(t Threshold) bool { return t.State == Unmeasured })
}

// Partial says what the run was asked for and did not give; "" if it gave all.
func (r *Result) Partial() string {
	switch {
	case r.Stopped != "":
		return r.Stopped
	case len(r.Pairs) < minPairs:
		return fmt.Sprintf("%d pairs are too few for an interval: measure for longer", len(r.Pairs))
	case !r.Reliable:
		return fmt.Sprintf("unreliable: %d of %d pairs were dropped because the generator was late", r.Dropped, len(r.Pairs))
	case r.Unmeasured():
		return "a limit was set about which the run says nothing"
	case r.Precision != nil && !r.Precision.Reached:
		return r.precisionRemark()
	}
	return ""
}

func percent(part float64) string { return fmt.Sprintf("%.3g%%", 100*part) }

// Percentages renders an interval of parts as percentages; the point alone
// when there is no interval.
func Percentages(i Interval) string {
	if !i.Valid() {
		return fmt.Sprintf("%+.1f%%", 100*i.Point)
	}
	return fmt.Sprintf("%+.1f%% [%+.1f%%, %+.1f%%]", 100*i.Point, 100*i.Lo, 100*i.Hi)
}

// Milliseconds renders an interval of milliseconds, each in the unit that
// reads best; the point alone when there is no interval.
func Milliseconds(i Interval) string {
	if !i.Valid() {
		return msText(i.Point)
	}
	return fmt.Sprintf("%s [%s, %s]", msText(i.Point), msText(i.Lo), msText(i.Hi))
}

// msText renders milliseconds in the unit that reads best.
func msText(ms float64) string {
	d := time.Duration(ms * float64(time.Millisecond))
	switch abs := d.Abs(); {
	case abs >= 10*time.Second:
		return d.Round(100 * time.Millisecond).String()
	case abs >= 10*time.Millisecond:
		return d.Round(100 * time.Microsecond).String()
	case abs >= time.Millisecond:
		return d.Round(10 * time.Microsecond).String()
	}
	return d.Round(time.Microsecond).String()
}
