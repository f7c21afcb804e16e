package scenarios

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios/wire"
)

// play runs the scenarios and gives their records in the scenarios' order.
// Those that must be alone come after the others, and those that come last last.
func (r *run) play(ctx context.Context, chosen []Scenario) []report.Record {
	records := make([]report.Record, len(chosen))
	var wg sync.WaitGroup
	for i, s := range chosen {
		if r.alone(s) {
			continue
		}
		r.slots <- struct{}{}
		wg.Go(func() { records[i] = r.one(ctx, s) })
	}
	wg.Wait()
	for _, last := range []bool{false, true} {
		for i, s := range chosen {
			if r.alone(s) && s.Last == last {
				r.slots <- struct{}{}
				records[i] = r.one(ctx, s)
			}
		}
	}
	return records
}

// one plays a scenario, once for each algorithm if it asks for that, and
// gives its record.
func (r *run) one(ctx context.Context, s Scenario) report.Record {
	slot := sync.OnceFunc(func() { <-r.slots })
	defer slot()
	began := time.Now()
	rec := s.record()
	rec.Level = s.levelFor(r.contract)
	r.observe.Start(s.ID)
	if list, missing := r.subcases(s); len(list) > 0 {
		r.cases(ctx, s, list, &rec, slot)
	} else {
		rec.Verdict, rec.Undeclared, rec.Why = report.NotRun, string(missing), report.NotClaimed(missing.Text())
	}
	rec.Duration = report.Duration(time.Since(began))
	rec = r.withSurvivor([]report.Record{rec}, []Scenario{s})[0]
	rec = r.redactor.Record(rec)
	r.observe.Done(rec)
	return rec
}

// missing is what the scenario needs and the target does not claim; empty if
// it claims all.
func (r *run) missing(s Scenario, target Target) Capability {
	for _, need := range s.Needs {
		if !declares(r.contract, target.Powers(), need) {
			return need
		}
	}
	return ""
}

func (r *run) cases(ctx context.Context, s Scenario, list []subcase, rec *report.Record, slot func()) {
	for _, c := range list {
		st := r.subcase(ctx, s, c, rec, slot)
		if st.outweighs(*rec) {
			rec.Verdict, rec.Why, rec.Undeclared, rec.Fix = st.verdict, st.why, string(st.undeclared), cmp.Or(st.fix, s.Fix)
			rec.TooLong = report.Duration(st.tooLong)
			rec.Finding = st.finding
		}
		rec.Leak = rec.Leak || st.leak
		if st.binding {
			rec.Level = report.Must
		}
		if ctx.Err() != nil {
			break
		}
	}
	if rec.Verdict != report.Fail {
		rec.Fix = ""
	}
}

// outweighs reports whether a sub-case decides what the earlier ones have left to
// the record. One that could not be asked weighs less than any other.
func (s stop) outweighs(earlier report.Record) bool {
	switch {
	case earlier.Verdict == report.Undecided:
		return true
	case s.undeclared != "" || earlier.Undeclared != "":
		return s.undeclared == ""
	}
	return worse(s.verdict, earlier.Verdict)
}

// subcase is a target to play a scenario against, and what to call it.
type subcase struct {
	target Target
	label  string
}

// subcases are the targets that claim what the scenario needs; where there are
// none, what the last of them does not claim.
func (r *run) subcases(s Scenario) ([]subcase, Capability) {
	var list []subcase
	var missing Capability
	for _, c := range r.forms(s) {
		if lacks := r.missing(s, c.target); lacks != "" {
			missing = lacks
			continue
		}
		list = append(list, c)
	}
	return list, missing
}

// forms are the target, or what it is under each of its algorithms.
func (r *run) forms(s Scenario) []subcase {
	many, ok := r.target.(AlgorithmTarget)
	if !ok || !s.PerAlgorithm {
		return []subcase{{target: r.target}}
	}
	var all []subcase
	for _, alg := range many.Algorithms() {
		all = append(all, subcase{many.WithAlgorithm(alg), alg})
	}
	return all
}

func (r *run) subcase(ctx context.Context, s Scenario, c subcase, rec *report.Record, slot func()) stop {
	if ctx.Err() != nil {
		return stop{verdict: report.NotRun, why: "the run was interrupted"}
	}
	instance, err := c.target.Open(ctx)
	if err != nil {
		return stop{verdict: report.Error, why: "the target could not be started: " + err.Error()}
	}
	users, giveBack := r.users.lend(s.users())
	defer giveBack()
	given, why := r.tokensFor(s, users)
	if why != "" {
		_ = instance.close()
		return stop{verdict: report.NotRun, why: why}
	}
	p := r.newPlay(ctx, s, instance, users, rec)
	p.given = given
	defer func() { r.tokens.release(p.given) }()
	p.label, p.rest = c.label, slot
	st := p.withPanics(p.perform(s))
	p.sender.Close()
	if err := instance.close(); err != nil && st.verdict == report.Pass {
		st = stop{verdict: report.Error, why: "the target could not be ended: " + err.Error()}
	}
	if c.label != "" && st.verdict != report.Pass {
		st.why = c.label + ": " + st.why
	}
	rec.Steps, rec.Numbers, rec.Observed, rec.Notes = p.record.Steps, p.record.Numbers, p.record.Observed, p.record.Notes
	return st
}

// users is how many users a scenario may log in as.
func (s Scenario) users() int {
	if s.AllUsers {
		return math.MaxInt
	}
	if slices.Contains(s.Needs, TwoUsers) {
		return len(roles)
	}
	return 1
}

func (r *run) newPlay(ctx context.Context, s Scenario, instance *Instance, users []User, rec *report.Record) *Play {
	seen, cuts := r.seen, r.cuts
	if !r.target.Shared() {
		seen, cuts = newTokenSet(), newCutOffs()
	}
	return &Play{
		ctx: ctx, contract: suiting(r.contract, s), instance: instance, run: r, seen: seen, cuts: cuts, turns: r.turns, users: users, maxWait: r.maxWait(), largest: r.options.Largest,
		sender: wire.NewNetwork(r.contract, instance.endpoints, instance.Transport, r.limit).WithIssuer(instance.TokenEndpoint),
		began:  time.Now(),
		record: report.Record{ID: s.ID, Steps: rec.Steps, Numbers: rec.Numbers, Observed: rec.Observed, Notes: rec.Notes},
		rest:   func() {},
	}
}

// perform plays the scenario to its verdict.
func (p *Play) perform(s Scenario) stop {
	st, stopped := catch(func() { s.Run(p) })
	switch {
	case stopped && p.ctx.Err() != nil && st.verdict != report.Fail:
		return stop{verdict: report.NotRun, why: "the run was interrupted"}
	case stopped:
		return st
	case s.Uncontrolled == "":
		if u := uncontrolled(p.trail); u != nil {
			return stop{verdict: report.Error, why: "the scenario proves nothing: " + u.what}
		}
	}
	return stop{verdict: report.Pass}
}

// withPanics says that handlers of the target panicked: over the network that
// looks like a connection that broke.
func (p *Play) withPanics(st stop) stop {
	for i, panicked := range p.instance.panics() {
		p.Note("%s\n%s", panicked.What, panicked.Stack)
		if i == 0 && st.verdict != report.Pass {
			st.why = panicked.What + "; " + st.why
		}
	}
	return st
}

func notClaimed(records []report.Record) []string {
	var list []string
	for _, r := range records {
		if r.Verdict == report.NotRun && r.Undeclared != "" && !slices.Contains(list, r.Undeclared) {
			list = append(list, r.Undeclared)
		}
	}
	slices.Sort(list)
	return list
}

// why says in one sentence what decided the conclusion of a run.
func why(r report.Run) string {
	pick := func(keep func(report.Record) bool) (first report.Record, n int) {
		for _, rec := range r.Records {
			if keep(rec) {
				if n == 0 {
					first = rec
				}
				n++
			}
		}
		return first, n
	}
	switch r.Conclusion {
	case report.Nonconformant:
		first, n := pick(func(rec report.Record) bool {
			return rec.Verdict == report.Fail && !rec.Warning(r.Strict)
		})
		return fmt.Sprintf("%s failed, the first being %s: %s", scenarioCount(n), first.ID, first.Why)
	case report.Broken:
		first, _ := pick(func(rec report.Record) bool { return rec.Verdict == report.Error || rec.Verdict == report.Undecided })
		return fmt.Sprintf("the suite itself failed in %s: %s", first.ID, first.Why)
	case report.Partial:
		if r.Ended != "" {
			return r.Ended
		}
		first, n := pick(report.Record.LeavesGap)
		if n > 0 {
			return fmt.Sprintf("%s could not be decided, the first being %s: %s", scenarioCount(n), first.ID, first.Why)
		}
		return strings.Join(gapsOf(r), "; ")
	}
	return ""
}

func gapsOf(r report.Run) []string {
	gaps := slices.Clone(r.Gaps)
	if n := len(r.Omitted); n > 0 {
		gaps = append(gaps, fmt.Sprintf("%s of the profile that bind the target were not selected", scenarioCount(n)))
	}
	return gaps
}

func scenarioCount(n int) string {
	if n == 1 {
		return "one scenario"
	}
	return fmt.Sprintf("%d scenarios", n)
}
