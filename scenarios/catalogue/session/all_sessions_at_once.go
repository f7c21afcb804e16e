package session

import (
	"fmt"
	"slices"
	"time"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/report/latency"
	"github.com/revocheck/revocheck/scenarios"
)

var allSessionsAtOnce = scenarios.Scenario{
	ID:          "session/all-sessions-at-once",
	Title:       "A sign-out everywhere ends all sessions of its user, and nobody else's",
	Level:       report.Must,
	Requirement: "When the request that ends all sessions of a user is acknowledged, every token of that user must be refused, wherever its session began, and its refresh token buy nothing; every other user's must be accepted.",
	Refs:        append([]string{"OWASP ASVS 5.0 V7.4.3", "OWASP ASVS 5.0 V7.4.2", "CWE-639"}, refs...),
	Needs:       []scenarios.Capability{scenarios.RevokeAll, scenarios.TwoUsers},
	Alone:       true,
	Fix:         "Find the sessions by the user, in what all replicas share, and end their access tokens and refresh tokens; or move the user's cut-off, which refreshes heed too.",
	Run: func(p *scenarios.Play) {
		tokens, refreshable := begin(p)
		other := p.Login("bob", "B")
		p.Call(other, scenarios.WantAccepted)
		defer undo(p)
		revokeAll(p, tokens)
		allDead(p, tokens, refreshable)
		endedEverywhere(p, len(tokens))
		p.Call(other, scenarios.WantAccepted)
		if p.Has(scenarios.Refresh) {
			renew(p, other, "B2", report.Where{report.OfSession: "another user than the one who logged out"})
		}
		allDead(p, tokens, refreshable)
	},
}

// begin begins sessions of the user at each replica; one of them is refreshed, if
// that can be done.
func begin(p *scenarios.Play) (tokens, refreshable []*scenarios.Token) {
	for i := range max(3, p.Replicas()+1) {
		t := p.LoginSpared(fmt.Sprintf("T%d", i+1), i%p.Replicas())
		p.Call(t, scenarios.WantAccepted)
		tokens = append(tokens, t)
	}
	if !p.Has(scenarios.Refresh) {
		return tokens, nil
	}
	last := len(tokens) - 1
	newest := renew(p, tokens[last], "R", nil)
	if !p.Planning() && !accepts(p, tokens[last]) {
		tokens = tokens[:last] // the refresh ended it
	}
	return append(tokens, newest), append(tokens[:last:last], newest)
}

func revokeAll(p *scenarios.Play, tokens []*scenarios.Token) {
	req := p.RevokeAllRequest(tokens[0])
	a := p.Send(req, scenarios.Accepted)
	ok := p.Planning() || a.Err == nil && p.Contract().RevokeAll.Acknowledges(a.Status)
	p.Step(report.Step{Request: req.String(), Expected: "acknowledged", Actual: a.Text(scenarios.Other), Took: report.Duration(a.Received.Sub(a.Sent)), OK: ok})
	switch {
	case ok:
	case a.Down() || a.Throttled():
		p.Inconclusive("the request that ends all sessions was not acknowledged: %s", a.Text(scenarios.Other))
	default:
		p.FailAs(report.LogoutFailed, report.Where{report.InForm: "all sessions of a user"}, "the request that ends all sessions of a user was answered %d, which is no declared success: look at revoke_all", a.Status)
	}
	for _, t := range tokens {
		p.EndedBy(t, req, a)
	}
}

// allDead requires that every token is refused, and buys nothing.
func allDead(p *scenarios.Play, tokens, refreshable []*scenarios.Token) {
	window := p.Contract().LeakWindow
	p.Elapse(window)
	for _, t := range tokens {
		if !p.Planning() && accepts(p, t) {
			p.Latency(latency.LogoutAll, latency.SameReplica, []time.Duration{time.Since(p.EndedAt(t))}, 1, afterSignOut)
			p.FailDead(t, report.Where{report.AfterEvent: "a sign-out everywhere"}, "a call with "+t.String()+" was accepted", "%s is accepted after all sessions of its user were ended", t)
		}
		p.CallEverywhere(t, scenarios.WantRefused)
	}
	for _, t := range refreshable {
		buysNothing(p, t, report.Where{report.AfterEvent: "a sign-out everywhere"})
	}
}

const afterSignOut = "within the declared leak window, after which it was asked first; 0: refused at once"

// endedEverywhere adds to the record how long the tokens, each dead at each replica
// when it was first asked, can have been accepted.
func endedEverywhere(p *scenarios.Play, tokens int) {
	window := p.Contract().LeakWindow
	p.Latency(latency.LogoutAll, latency.SameReplica, slices.Repeat([]time.Duration{window}, tokens), 0, afterSignOut)
	if others := p.Replicas() - 1; others > 0 {
		p.Latency(latency.LogoutAll, latency.OtherReplica, slices.Repeat([]time.Duration{window}, tokens*others), 0, afterSignOut)
	}
}

// undo lets the user in again, whatever came of the scenario, where that is
// declared.
func undo(p *scenarios.Play) {
	request := p.Contract().RevokeAll.Undo
	if request == nil {
		return
	}
	req := p.UndoRequest()
	a := p.Send(req, scenarios.Accepted)
	ok := p.Planning() || a.Err == nil && request.Acknowledges(a.Status)
	p.Step(report.Step{Request: req.String(), Expected: "acknowledged", Actual: a.Text(scenarios.Other), OK: ok})
	if !ok {
		p.Note("revoke_all.undo was not acknowledged (%s): the user may be kept out from now on", a.Text(scenarios.Other))
	}
}
