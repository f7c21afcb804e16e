package concurrency

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
	"github.com/revocheck/revocheck/scenarios/history"
)

// checkTime bounds the search for an order, which takes milliseconds.
const checkTime = 10 * time.Second

// race is one round of clients that call and log out the same tokens.
type race struct {
	p      *scenarios.Play
	tokens []*scenarios.Token
	round  int
	record history.Recorder
}

func newRace(p *scenarios.Play, n, round int) *race {
	r := &race{p: p, tokens: make([]*scenarios.Token, n), round: round}
	r.login(0)
	p.Repeat(n-1, func(i int) { r.login(i + 1) })
	p.Call(r.tokens[0], scenarios.WantAccepted)
	p.Repeat(n-1, func(i int) { r.seeAlive(i + 1) })
	return r
}

func (r *race) login(i int) {
	r.tokens[i] = r.p.Login("alice", fmt.Sprintf("T%d", r.round*len(r.tokens)+i+1))
}

// seeAlive calls every other token before the race. A call that fills a cache
// for the first time can do so in the race only with one that was not called.
// A given token may have been used before the run, and is called in any case.
func (r *race) seeAlive(i int) {
	if i%2 == 0 || r.tokens[i].Given() {
		r.p.CallOnce(r.tokens[i], scenarios.WantAccepted)
	}
}

// run has every client send its share, and then logs every token out and
// calls it on each replica. What a client asks is decided by the round and
// its number alone; how the requests interleave is left to the machine.
func (r *race) run(requests int) {
	r.p.Parallel(raceClients, func(client int) {
		choice := rand.New(rand.NewPCG(uint64(r.round), uint64(client)))
		for range max(requests/raceClients, 1) {
			t, replica := r.tokens[choice.IntN(len(r.tokens))], choice.IntN(r.p.Replicas())
			if choice.IntN(raceLogouts) == 0 {
				r.logout(client, t, replica)
			} else {
				r.call(client, t, replica)
			}
		}
	})
	r.p.Parallel(raceClients, func(client int) {
		for i := client; i < len(r.tokens); i += raceClients {
			r.logout(client, r.tokens[i], i%r.p.Replicas())
			for replica := range r.p.Replicas() {
				r.call(client, r.tokens[i], replica)
			}
		}
	})
}

// call calls the first protected route.
func (r *race) call(client int, t *scenarios.Token, replica int) {
	a, o := ask(r.p, t, replica)
	op := history.Operation{Kind: history.Call, Sent: a.Sent, Received: a.Received}
	switch o {
	case scenarios.Accepted:
		op.Outcome = history.Accepted
	case scenarios.Refused:
		op.Outcome = history.Refused
	}
	r.add(client, t, replica, op)
}

func (r *race) logout(client int, t *scenarios.Token, replica int) {
	req := r.p.LogoutRequest(t)
	req.Replica = replica
	a := r.p.Send(req, scenarios.Accepted)
	op := history.Operation{Kind: history.Logout, Sent: a.Sent, Received: a.Received}
	switch {
	case r.p.LogoutAcknowledged(a):
		op.Outcome = history.Accepted
		r.p.Ended(t, a)
	case r.p.Judge(r.p.Contract().Routes[0], t, a) == scenarios.Refused:
		op.Outcome = history.Refused
	}
	r.add(client, t, replica, op)
}

func (r *race) add(client int, t *scenarios.Token, replica int, o history.Operation) {
	o.Client, o.Replica, o.Token, o.Register = client, replica, t.String(), t.String()
	if r.p.Contract().Logout.Scope == scenarios.ScopeUser {
		o.Register = "the user"
	}
	r.record.Add(o)
}

// judge stops the scenario unless one order explains the round's answers.
func (r *race) judge() {
	if r.p.Planning() {
		return
	}
	limits := history.Limits{LeakWindow: r.p.Contract().LeakWindow, Time: checkTime}
	found := history.Check(r.record.Operations(), limits)
	r.mustOutlast(found.Violations)
	if n := len(found.Violations); n > 0 {
		r.tell(found.Violations[0])
		saw := map[history.Fault]report.Observable{history.OverBlock: report.LiveRefused}
		r.p.FailAs(cmp.Or(saw[found.Violations[0].Fault], report.DeadAccepted), whereOf(found.Violations[0]),
			"%s; no order of the requests explains the answers (%d of %d histories)", found.Violations[0].Why, n, found.Registers)
	}
	if !found.OK() {
		r.p.Broken("the history of %v was not decided within %s", found.Undecided, checkTime)
	}
	mustTell(r.p, found.Unknown, found.Operations)
	if t, ok := r.unended(); ok {
		r.p.Inconclusive("no logout of %s was acknowledged", t)
	}
	r.p.Summary("calls and logouts at once", "one order explains every answer", "it does", found.Operations, true)
}

// whereOf says in what a violation differs from a plain call after a logout.
func whereOf(v history.Violation) report.Where {
	where := report.Where{report.AfterEvent: "calls and logouts at once"}
	logout := slices.IndexFunc(v.Timeline, func(m history.Moment) bool { return m.Kind == history.Logout })
	wrong := slices.IndexFunc(v.Timeline, func(m history.Moment) bool { return m.Wrong })
	if v.Fault == history.Leak && logout >= 0 && wrong >= 0 && v.Timeline[logout].Replica != v.Timeline[wrong].Replica {
		where[report.AtReplica] = "another replica"
	}
	return where
}

// mustOutlast stops the scenario if a token was refused before its logout and
// has come to its exp, which explains that as well.
func (r *race) mustOutlast(violations []history.Violation) {
	other := slices.ContainsFunc(violations, func(v history.Violation) bool { return v.Fault != history.OverBlock })
	if len(violations) > 0 && !other && slices.ContainsFunc(r.tokens, r.p.RanOut) {
		r.p.Inconclusive("the tokens came to their exp before the %d clients were done: they live too short for the target's pace", raceClients)
	}
}

// unended is a token that no acknowledged logout ended. Where a logout ends
// all of a user's tokens one was enough, and the others may have been refused.
func (r *race) unended() (*scenarios.Token, bool) {
	open := slices.DeleteFunc(slices.Clone(r.tokens), func(t *scenarios.Token) bool { return !r.p.EndedAt(t).IsZero() })
	if len(open) == 0 || r.p.Contract().Logout.Scope == scenarios.ScopeUser && len(open) < len(r.tokens) {
		return nil, false
	}
	return open[0], true
}

// tell leaves the timeline of a violation in the record.
func (r *race) tell(v history.Violation) {
	expected := map[bool]string{true: "accepted", false: "refused"}[v.Fault == history.OverBlock]
	for _, m := range v.Timeline {
		s := report.Step{Text: m.String(), OK: !m.Wrong, Took: report.Duration(m.Until - m.At),
			Span: &report.Span{Client: m.Client + 1, What: m.Kind.String(), From: report.Duration(m.At), Until: report.Duration(m.Until), Got: m.Answer()}}
		if m.Wrong {
			s.Expected, s.Actual = expected, m.Answer()
		}
		r.p.Step(s)
	}
}
