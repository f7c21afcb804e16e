package report

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Merge joins runs of different scenarios against one subject into one run. A
// scenario that one run omitted and another ran is a gap no more; every other
// gap stays. It refuses runs of another subject, profile, tool or strictness,
// and a scenario that two of them ran: which one counts is not for it to say.
func Merge(runs ...Run) (Run, error) {
	if len(runs) == 0 {
		return Run{}, errors.New("merge: no runs")
	}
	merged := runs[0]
	merged.Records = slices.Clone(merged.Records)
	for _, r := range runs[1:] {
		if notes := unlike(runs[0], r); len(notes) > 0 {
			return Run{}, fmt.Errorf("merge: %s", strings.Join(notes, "; "))
		}
		if err := merged.join(r); err != nil {
			return Run{}, fmt.Errorf("merge: %w", err)
		}
	}
	merged.settle(runs)
	return merged, nil
}

func (r *Run) join(other Run) error {
	known := byID(r.Records)
	for _, rec := range other.Records {
		if _, twice := known[rec.ID]; twice {
			return fmt.Errorf("%s ran in two of the runs", rec.ID)
		}
	}
	r.Records = slices.Concat(r.Records, other.Records)
	r.Ended = cmp.Or(r.Ended, other.Ended)
	r.Operator = strings.Join(withoutEmpty(union([]string{r.Operator}, []string{other.Operator})), ", ")
	r.Gaps = union(r.Gaps, other.Gaps)
	r.Omitted = union(r.Omitted, other.Omitted)
	r.LeftOut = union(r.LeftOut, other.LeftOut)
	r.Unproven = cmp.Or(r.Unproven, other.Unproven)
	r.NotClaimed = union(r.NotClaimed, other.NotClaimed)
	r.Notes = union(r.Notes, other.Notes)
	r.Duration += other.Duration
	if other.Started.Before(r.Started) {
		r.Started = other.Started
	}
	return nil
}

// settle works out what follows from all the records together.
func (r *Run) settle(parts []Run) {
	ran := byID(r.Records)
	played := func(id string) bool { _, ok := ran[id]; return ok }
	r.Omitted = slices.DeleteFunc(slices.Clone(r.Omitted), played)
	r.LeftOut = slices.DeleteFunc(slices.Clone(r.LeftOut), played)
	r.Conclusion = r.Conclude()
	if len(parts) > 1 {
		*r = r.WithCauses()
		r.Notes = append(slices.Clone(r.Notes), mergeNote(parts))
	}
	r.Why = ""
	if i := slices.IndexFunc(parts, func(p Run) bool { return p.Worst() == r.Conclusion }); i >= 0 {
		r.Why = parts[i].Why
	}
}

func mergeNote(parts []Run) string {
	seeds := make([]string, len(parts))
	for i, p := range parts {
		seeds[i] = fmt.Sprint(p.Seed)
	}
	return fmt.Sprintf("merged from %d runs, with the seeds %s", len(parts), strings.Join(seeds, ", "))
}

func withoutEmpty(texts []string) []string {
	return slices.DeleteFunc(texts, func(t string) bool { return t == "" })
}

// union joins the lists and keeps the first of equal texts.
func union(a, b []string) []string {
	out := slices.Clone(a)
	for _, t := range b {
		if !slices.Contains(out, t) {
			out = append(out, t)
		}
	}
	return out
}
