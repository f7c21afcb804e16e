package report

import (
	"cmp"
	"slices"
	"strings"
)

// Cause is one thing that is wrong with the target and explains one or more
// failed scenarios: the same observable, narrowed down in the same way.
type Cause struct {
	// ID is unique in the run and the same in every run of the same failures.
	ID         string     `json:"id"`
	Title      string     `json:"title"`
	Observable Observable `json:"observable"`
	// Where holds, for each dimension in which the calls differ from the
	// plainest one, the values that were seen to fail.
	Where map[Dimension][]string `json:"where,omitempty"`
	// Seen is the evidence, a line each: what led to the acceptance or refusal,
	// then where else it was tried and what came of that.
	Seen []string `json:"seen,omitempty"`
	Risk string   `json:"risk,omitempty"`
	Fix  string   `json:"fix,omitempty"`
	// Warning is set if every scenario that it explains is a warning.
	Warning bool `json:"warning,omitempty"`
	// Declared is where the target file declares what is broken; nil if there is
	// no such file.
	Declared *Declaration `json:"declared,omitempty"`
	// Scenarios are those that it explains, the most basic one first.
	Scenarios []string `json:"scenarios"`
}

// First is the most basic scenario that the cause explains.
func (c Cause) First() string { return c.Scenarios[0] }

// WithCauses returns the run with the causes of its failures, worst first, and
// with each failed record pointing to its cause. A scenario that breaks where
// one with fewer conditions has already broken, on the same observable, did not
// reach its own requirement.
func (r Run) WithCauses() Run {
	r.Records = slices.Clone(r.Records)
	f := finder{run: &r}
	for _, i := range f.basicFirst() {
		f.explain(i)
	}
	slices.SortStableFunc(f.causes, func(a, b *causeOf) int {
		return cmp.Or(compareBool(a.Warning, b.Warning), cmp.Compare(severity[a.Observable], severity[b.Observable]),
			cmp.Compare(a.takes(), b.takes()))
	})
	r.Causes = nil
	for _, c := range f.causes {
		r.Causes = append(r.Causes, f.told(c))
	}
	return r
}

// effort orders the dimensions by what they take: to wait takes less than to
// spell a token otherwise.
var effort = []Dimension{AtTime, OfLife, LeftAtLogout, AgeAtLogout, IdleAtLogout, AtReplica, OfUser, OnRoute, ByMethod, OverWire, OfSession, AfterEvent, WithStore, InForm, InSpelling, OfToken, OnlyScenario}

// takes is how much it takes to run into the cause: nothing where nothing
// narrows it down.
func (c *causeOf) takes() int {
	most := -1
	for d := range c.Where {
		most = max(most, slices.Index(effort, d))
	}
	return most
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// basic are the scenarios that others build on, the first one most.
var basic = []string{
	"lifecycle/login-issues-token", "lifecycle/live-token-accepted", "lifecycle/no-token-refused",
	"lifecycle/tampered-token-refused", "lifecycle/logout-ends-token", "replay/after-logout", "expiry/expired-refused",
	"cluster/other-replica", "isolation/sibling-session-unaffected", "isolation/other-user-unaffected",
}

func basicRank(id string) int {
	if i := slices.Index(basic, id); i >= 0 {
		return i
	}
	return len(basic)
}

// finder works out the causes of a run.
type finder struct {
	run    *Run
	causes []*causeOf
}

// causeOf is a cause with the records that it explains.
type causeOf struct {
	Cause
	key     string
	records []*Record // in the order of Scenarios
}

// basicFirst lists the failed records by their place in the run: what failed
// under the fewest conditions first, then the most basic.
func (f *finder) basicFirst() []int {
	var failed []int
	for i, rec := range f.run.Records {
		f.run.Records[i].Cause, f.run.Records[i].Reached = "", nil
		if rec.Verdict == Fail {
			failed = append(failed, i)
		}
	}
	records := f.run.Records
	slices.SortStableFunc(failed, func(a, b int) int {
		return cmp.Or(cmp.Compare(len(f.found(records[a]).Where), len(f.found(records[b]).Where)),
			cmp.Compare(basicRank(records[a].ID), basicRank(records[b].ID)))
	})
	return failed
}

// found is the finding of a failed record. One that says nothing is a cause of
// its own.
func (f *finder) found(rec Record) Finding {
	if rec.Finding == nil {
		return Finding{Observable: OtherWrong, Where: Where{OnlyScenario: rec.ID}}
	}
	found := *rec.Finding
	if found.Observable == DeadAccepted && len(found.Where) == 0 && f.passed("lifecycle/logout-ends-token") {
		found.Where = f.narrowed(rec) // the same call was refused there
	}
	return found
}

func (f *finder) passed(id string) bool {
	return slices.ContainsFunc(f.run.Records, func(r Record) bool { return r.ID == id && r.Verdict == Pass })
}

// explain finds the cause of the record at that place, or makes it one.
func (f *finder) explain(i int) {
	rec := &f.run.Records[i]
	found := f.found(*rec)
	c, reached := f.causeFor(*rec, found)
	if c == nil {
		c = &causeOf{Cause: Cause{Observable: found.Observable, Where: map[Dimension][]string{}, Warning: true}, key: keyOf(*rec, found)}
		c.ID = c.key
		f.causes = append(f.causes, c)
	}
	rec.Cause = c.ID
	if !reached {
		no := false
		rec.Reached = &no
	}
	c.Warning = c.Warning && rec.Warning(f.run.Strict)
	c.Scenarios, c.records = append(c.Scenarios, rec.ID), append(c.records, rec)
	if reached {
		for d, value := range found.Where {
			c.Where[d] = union(c.Where[d], []string{value})
		}
	}
}

// causeFor is the cause that explains a record, if there is one yet, and
// whether the record reached its own requirement all the same.
func (f *finder) causeFor(rec Record, found Finding) (c *causeOf, reached bool) {
	for _, c := range f.causes {
		for _, other := range c.records {
			if o := f.found(*other); o.Observable == found.Observable && o.Where.within(found.Where) {
				return c, false
			}
		}
	}
	for _, c := range f.causes {
		if c.key == keyOf(rec, found) {
			return c, true
		}
	}
	return nil, true
}

// keyOf is what failures of one cause share: the observable and the dimensions
// that narrow it down. The values of some are facts about one cause, such as
// the methods that are not checked; those of others make causes of their own.
func keyOf(rec Record, found Finding) string {
	var parts []string
	for d, value := range found.Where {
		switch d {
		case AtReplica:
			if found.Where[WithStore] == "" { // whose trouble may be that of one replica
				parts = append(parts, string(d))
			}
		case AfterEvent, OfSession, OnlyScenario, AtTime:
			parts = append(parts, string(d)+"="+value)
		case InForm, OfToken:
			parts = append(parts, string(d)+"="+rec.ID)
		default:
			parts = append(parts, string(d))
		}
	}
	slices.Sort(parts)
	return strings.Join(append([]string{string(found.Observable)}, parts...), " ")
}
