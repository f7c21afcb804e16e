package lifecycle

import (
	"fmt"
	"net/http"
	"time"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

var nothingRevives = scenarios.Scenario{
	ID:    "lifecycle/nothing-revives-it",
	Title: "Nothing that comes after a logout revives its token",
	Level: report.Must,
	Requirement: "A logged-out token must stay refused after calls with bad tokens, after logins that fail or carry it, after other " +
		"methods and after open routes that are called with it.",
	Refs: []string{"RFC 7009 section 2.1", "CWE-613", "CWE-636", "OWASP ASVS 5.0 V7.4.1"},
	Fix: "Let nothing but time take a token off the list: no login, no other request, and no breaker. Read nothing from a token " +
		"that was not verified.",
	Run: func(p *scenarios.Play) {
		t := p.Login("alice", "T")
		p.Call(t, scenarios.WantAccepted)
		p.Logout(t, scenarios.Acknowledged)
		p.Call(t, scenarios.WantRefused)
		again := &credentials{}
		live := p.Login("alice", "U", again.keep(p)...)
		for _, e := range append(callEvents(p, t), again.events(p, t)...) {
			e.happen(p)
			p.CallDead(p.Copy(t, "T after "+e.name), scenarios.Oddity{Where: report.Where{report.AfterEvent: e.name}})
		}
		p.Call(live, scenarios.WantAccepted)
		p.Call(t, scenarios.WantRefused)
	},
}

// event is something that a careless gateway takes for a reason to let a dead
// token in again.
type event struct {
	name  string
	times int
	send  func() scenarios.Answer
}

func (e event) happen(p *scenarios.Play) {
	var last scenarios.Answer
	for range e.times {
		last = e.send()
	}
	text := "not answered"
	if last.Err == nil {
		text = fmt.Sprintf("answered %d", last.Status)
	}
	p.Summary(e.name, "", text, e.times, true)
}

// callEvents are those without a login. Those that send bad tokens come last:
// a breaker may count them together.
func callEvents(p *scenarios.Play, t *scenarios.Token) []event {
	events := []event{byMethod(p, t, http.MethodHead), byMethod(p, t, http.MethodOptions)}
	events = append(events, onOpenRoutes(p, t)...)
	return append(events,
		event{"a call with its claims and a bad signature", 1, sendBad(p, scenarios.TamperedSignature(t.Raw))},
		event{"many calls with a malformed token", p.Sample(malformed), sendBad(p, "a.b.c")},
	)
}

// malformed tokens in a row are more than a breaker bears.
const malformed = 25

func byMethod(p *scenarios.Play, t *scenarios.Token, method string) event {
	return event{"a call of it by " + method, 1, func() scenarios.Answer {
		req := p.CanonicalRequest(p.Contract().Routes[0], t.Raw)
		req.Method, req.Body, req.ContentType = method, "", ""
		return p.Send(req, scenarios.Refused)
	}}
}

func sendBad(p *scenarios.Play, raw string) func() scenarios.Answer {
	return func() scenarios.Answer {
		return p.SendMalformed(p.CanonicalRequest(p.Contract().Routes[0], raw), scenarios.Refused)
	}
}

// later is when a session that slides is renewed by a further visit, and not
// by one right after the last.
const later = 3500 * time.Millisecond

func onOpenRoutes(p *scenarios.Play, t *scenarios.Token) []event {
	var events []event
	for _, r := range p.Contract().OpenRoutes {
		visit := func() scenarios.Answer { return p.Send(p.CanonicalRequest(r, t.Raw), scenarios.Accepted) }
		events = append(events, event{"a visit of an open route with it", 1, visit})
	}
	if len(events) == 0 || !p.Clock().CanWait(later) {
		return events
	}
	visit := events[0].send
	return append(events, event{later.String() + " and a further visit", 1, func() scenarios.Answer { p.Clock().Wait(later); return visit() }})
}
