package lifecycle

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

var logoutAsSent = scenarios.Scenario{
	ID:    "lifecycle/logout-as-browsers-send-it",
	Title: "An acknowledged logout ends its token, whatever the client added to it",
	Level: report.Must,
	Requirement: "A logout that is acknowledged must end its token, also with an Origin, a Referer, another Accept, a body or a query " +
		"that a browser or a library adds; a target may refuse such a logout instead.",
	Refs: []string{"RFC 7009 section 2.1", "CWE-613", "CWE-754", "OWASP ASVS 5.0 V7.4.1"},
	Fix: "Refuse what is not taken for a logout (403 for a foreign Origin, 415 for a body), and acknowledge none that was not done: " +
		"no shortcut for other content types, origins or pages.",
	Run: func(p *scenarios.Play) {
		first := p.Login("alice", "T")
		p.Call(first, scenarios.WantAccepted)
		plain := p.Logout(first, scenarios.Acknowledged)
		p.Call(first, scenarios.WantRefused)
		dead := append(leaveInEachWay(p, first, plain), first)
		p.Call(p.Login("alice", "U"), scenarios.WantAccepted)
		for _, t := range dead {
			p.CallDead(t, unlike(p, t, first))
		}
	},
}

// leaveInEachWay gives the tokens whose logout was acknowledged. The first token
// had a plain logout, with that answer.
func leaveInEachWay(p *scenarios.Play, first *scenarios.Token, plain scenarios.Answer) []*scenarios.Token {
	var dead []*scenarios.Token
	ways := waysToSend(p)
	n := p.RepeatLogins(len(ways), 0.8, func(i int) {
		if t, done := leave(p, ways[i], first, plain); done {
			dead = append(dead, t)
		}
	})
	p.Summary("logouts with something added", "refused from then on, if acknowledged",
		fmt.Sprintf("%d of %d acknowledged, and refused from then on", len(dead), n), n, true)
	return dead
}

// leave logs a token out in a way of its own, and reports whether that was
// acknowledged. It takes as many steps if it was not, since those of all ways
// are counted together.
func leave(p *scenarios.Play, w way, first *scenarios.Token, plain scenarios.Answer) (t *scenarios.Token, done bool) {
	t = p.Login("alice", "T logged out with "+w.name)
	p.Call(t, scenarios.WantAccepted)
	if send(p, w, t, plain) {
		p.CallDead(t, unlike(p, t, first))
		return t, true
	}
	p.Call(t, scenarios.WantAny)
	return t, false
}

// unlike has the token whose logout was plain for a control of t, whose name says how
// it was logged out.
func unlike(p *scenarios.Play, t, first *scenarios.Token) scenarios.Oddity {
	_, how, _ := strings.Cut(t.Name, " ")
	return scenarios.Oddity{
		Without: func() bool { return p.Accepts(p.Contract().Routes[0], first, first.Raw) },
		Where:   report.Where{report.InForm: cmp.Or(how, "logged out plainly")},
	}
}

// send reports whether the logout was acknowledged. Whatever it was answered, it
// may have moved the user's cut-off.
func send(p *scenarios.Play, w way, t *scenarios.Token, plain scenarios.Answer) bool {
	req := p.LogoutRequest(t)
	w.change(&req)
	a := p.Send(req, scenarios.Accepted)
	done := w.acknowledged(p, a, plain)
	p.Step(report.Step{Request: req.String(), Actual: sentText(a, done), Took: report.Duration(a.Received.Sub(a.Sent)), OK: true})
	if done || p.Contract().Logout.Scope == scenarios.ScopeUser {
		p.Ended(t, a)
	}
	if !done {
		p.Note("a logout with %s was %s", w.name, sentText(a, done))
	}
	return done
}

func sentText(a scenarios.Answer, done bool) string {
	switch {
	case a.Err != nil:
		return "not answered"
	case done:
		return fmt.Sprintf("acknowledged (%d)", a.Status)
	}
	return fmt.Sprintf("not acknowledged (%d)", a.Status)
}
