package scenarios

import (
	"cmp"
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"strings"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios/contract"
	"github.com/revocheck/revocheck/scenarios/wire"
)

// Form is one way to send a call: another path, method, carrier or
// connection.
type Form struct {
	Name string
	// Request makes the call with a raw token, "" for none.
	Request func(raw string) Request
	// Plain makes the same call without what is malformed about it. Nil: the canonical
	// call of the first route.
	Plain func(raw string) Request
	// Elsewhere: the call may come to something else than the route, which may be
	// open, and show what it reads in a token that it does not verify.
	Elsewhere bool
}

// plain is the control of the form.
func (f Form) plain(p *Play) Form {
	if f.Plain != nil {
		return Form{Name: f.Name + " without that", Request: f.Plain}
	}
	return Form{Name: f.Name + " without that", Request: func(raw string) Request { return p.CanonicalRequest(p.contract.Routes[0], raw) }}
}

// on has the form's requests go over a connection.
func (f Form) on(v Via) Form {
	return Form{Name: f.Name, Request: func(raw string) Request {
		req := f.Request(raw)
		req.Via = v
		return req
	}}
}

// signature is the parts of an answer that identify a live token.
type signature struct {
	status   int
	identity string
	planned  Outcome
	silent   bool
	about    Outcome // Throttled or Unsubscribed when it is about the suite
}

// like reports whether an answer is what the live token got: the same one, or
// another success for the same user.
func (s signature) like(live signature) bool {
	return s == live || contract.Success(s.status) && contract.Success(live.status) && s.identity == live.identity && s.planned == live.planned
}

func (p *Play) signatureOf(f Form, raw, what string, want Outcome) signature {
	req := f.Request(raw)
	req.Carrying = what + " as " + f.Name
	a := p.Send(req, want)
	s := signature{status: a.Status, planned: a.Planned, about: p.beforeAuthentication(a, req)}
	failed := a.Status >= 500 && !p.contract.Refuses(a.Status)
	s.silent = a.Err != nil || failed || s.about != Unjudged
	for _, r := range p.contract.Routes {
		if r.Identity != "" {
			s.identity, _ = wire.Pick(a.Body, r.Identity)
			break
		}
	}
	return s
}

// beforeAuthentication is Throttled or Unsubscribed if an answer is about the suite and
// not about the token.
func (p *Play) beforeAuthentication(a Answer, req Request) Outcome {
	switch {
	case a.Planned != Unjudged:
		return Unjudged
	case a.Unsubscribed():
		return Unsubscribed
	case a.Throttled() && !p.contract.Refuses(a.Status):
		return Throttled
	case p.throttled(a, func() Answer { return p.Send(req, Refused) }):
		return Throttled
	}
	return Unjudged
}

// noService are the statuses by which a target says that there is nothing under a
// path or for a method, that it is somewhere else, or that it will not read such a
// request. A target may say so to whoever has a valid signature, and look for a
// revocation where there is something.
var noService = []int{
	http.StatusMovedPermanently, http.StatusTemporaryRedirect, http.StatusPermanentRedirect,
	http.StatusNotFound, http.StatusMethodNotAllowed, http.StatusGone, http.StatusNotImplemented,
	http.StatusNotAcceptable, http.StatusLengthRequired, http.StatusUnsupportedMediaType, http.StatusExpectationFailed,
	http.StatusMisdirectedRequest, http.StatusUnprocessableEntity, http.StatusUpgradeRequired, http.StatusHTTPVersionNotSupported,
}

// turnedAway are the statuses of a request that was too large, too slow or one too
// many: the target did not look at what it carries.
var turnedAway = []int{
	http.StatusRequestTimeout, http.StatusRequestEntityTooLarge, http.StatusRequestURITooLong,
	http.StatusTooManyRequests, http.StatusRequestHeaderFieldsTooLarge,
}

// TurnedAway reports whether the target does not read a call with that token.
func (p *Play) TurnedAway(t *Token) bool {
	a := p.SendMalformed(p.CanonicalRequest(p.contract.Routes[0], t.Raw), Refused)
	return a.Err == nil && !p.contract.Refusal.Statuses.Has(a.Status) && slices.Contains(turnedAway, a.Status)
}

// unread are those and that of a malformed request: whatever the answer holds,
// nobody has been served.
var unread = append([]int{http.StatusBadRequest}, turnedAway...)

// serves reports whether a live token is given something.
func (p *Play) serves(live signature) bool {
	switch {
	case slices.ContainsFunc(p.contract.Routes, func(r Route) bool { return r.Accepts(live.status) }):
		return true
	case slices.Contains(unread, live.status):
		return false
	}
	return live.identity != "" || !slices.Contains(noService, live.status)
}

// Discriminating keeps the forms that tell a live token from none. The others, which
// a sound target may answer with 404, 400 or alike for everybody, say nothing
// about revocation.
func (p *Play) Discriminating(forms []Form, live *Token) map[string]signature {
	discriminating := map[string]signature{}
	for _, f := range forms {
		none := p.signatureOf(f, "", "no token", Refused)
		with := p.signatureOf(f, live.Raw, live.String(), Accepted)
		if !none.silent && !with.silent && !none.like(with) && !p.refusal(with) && p.serves(with) {
			discriminating[f.Name] = with
		}
	}
	return discriminating
}

func (p *Play) refusal(s signature) bool {
	return p.contract.Refuses(s.status) && s.planned == Unjudged
}

// DeadInEveryForm logs a token out and requires that none of the forms that
// tell a live token from none is answered for the dead one as it was for the
// live one. It calls the canonical route before and after, and sends every
// form again after the live control.
func (p *Play) DeadInEveryForm(forms []Form) {
	t := p.Login("alice", "T")
	p.Call(t, WantAccepted)
	discriminating := p.Discriminating(forms, t)
	p.Summary("each form without a token and with a live one", "", discriminatingText(forms, discriminating), 2*len(forms), true)
	p.Logout(t, Acknowledged)
	p.Call(t, WantRefused)
	p.deadIn(forms, discriminating, t)
	live := p.Login("alice", "U")
	p.Call(live, WantAccepted)
	p.Call(t, WantRefused)
	p.deadIn(forms, discriminating, t)
	p.noteLeftOut(forms, discriminating)
}

func (p *Play) deadIn(forms []Form, discriminating map[string]signature, t *Token) {
	for _, f := range forms {
		live, ok := discriminating[f.Name]
		if !ok {
			continue
		}
		got := p.signatureOf(f, t.Raw, t.String(), Refused)
		if got.about != Unjudged {
			p.Inconclusive("%s (%d) says nothing about revocation%s", got.about, got.status, got.about.Hint(!p.contract.Refuses(got.status)))
		}
		if !got.like(live) {
			continue
		}
		blame, why := p.Blame(p.oddityOf(f, t, live))
		if blame == NoToken && f.Elsewhere {
			p.Note("left out, because a token that nobody issued is answered like a live one: %s", f.Name)
			delete(discriminating, f.Name)
			continue
		}
		p.Summary(f.Name, "not accepted", fmt.Sprintf("accepted (%d)", got.status), 1, false)
		p.FailBy(blame, t, p.whereOf(f), "%s was accepted (%d) after its logout when sent as %s%s", t, got.status, f.Name, why)
	}
	p.Summary("the dead token in each of these forms", "not accepted", "not accepted", len(discriminating), true)
}

// oddityOf is a form as the suspected cause of a leak. Its control goes over new
// connections as often as not: who answers may depend on the connection.
func (p *Play) oddityOf(f Form, t *Token, live signature) Oddity {
	plain, forged, n := f.plain(p), TamperedSignature(t.Raw), 0
	open := p.succeeds(p.signatureOf(plain, "", "no token", Refused))
	return Oddity{
		With: func() bool { return p.signatureOf(f, t.Raw, t.String(), Refused).like(live) },
		Without: func() bool {
			n++
			got := p.signatureOf(plain.on([]Via{SameConnection, NewConnection}[n%2]), t.Raw, t.String(), Refused)
			return got.like(live) || !open && p.succeeds(got)
		},
		Forged: func() bool { return p.signatureOf(f, forged, "a forged token", Refused).like(live) },
	}
}

// succeeds reports whether an answer has a status that live tokens get.
func (p *Play) succeeds(s signature) bool {
	return !s.silent && slices.ContainsFunc(p.contract.Routes, func(r Route) bool { return r.Accepts(s.status) })
}

func discriminatingText(forms []Form, discriminating map[string]signature) string {
	return fmt.Sprintf("%d of %d tell the two apart", len(discriminating), len(forms))
}

func (p *Play) noteLeftOut(forms []Form, discriminating map[string]signature) {
	var out []string
	for _, f := range forms {
		if _, ok := discriminating[f.Name]; !ok {
			out = append(out, f.Name)
		}
	}
	const shown = 12
	if n := len(out); n > shown {
		out = append(out[:shown], fmt.Sprintf("and %d more", n-shown))
	}
	if len(out) > 0 {
		p.Note("left out, because a live token is answered like none, or is served nothing: %s", strings.Join(out, ", "))
	}
}

// CanonicalRequest is the call of a route with a raw token, "" for none.
func (p *Play) CanonicalRequest(r Route, raw string) Request {
	req := wire.CallOf(r)
	if raw != "" {
		req.Carry(p.contract.Carrier, raw)
	}
	return req
}

// EachRoute gives a form for each protected route, changed by change.
func (p *Play) EachRoute(name string, change func(*Request)) []Form {
	var forms []Form
	for _, r := range p.contract.Routes {
		forms = append(forms, Form{
			Name: strings.TrimSpace(name + " " + r.String()),
			Request: func(raw string) Request {
				req := p.CanonicalRequest(r, raw)
				change(&req)
				return req
			},
			Plain: func(raw string) Request { return p.CanonicalRequest(r, raw) },
		})
	}
	return forms
}

// whereOf says in what a form differs from the plainest call.
func (p *Play) whereOf(f Form) report.Where {
	req, first := f.Request(""), p.contract.Routes[0]
	usual := false
	where := report.Where{}
	if req.Method != cmp.Or(first.Method, "GET") {
		where[report.ByMethod] = req.Method
	}
	for _, r := range p.contract.Routes {
		if req.Path == r.Path && req.Path != first.Path {
			where[report.OnRoute] = req.Path
		}
		usual = usual || p.usual(f, r)
	}
	if req.Via != SameConnection {
		where[report.OverWire] = string(req.Via)
	}
	if len(where) == 0 || !usual {
		where[report.InForm] = strings.TrimSuffix(f.Name, ": ")
	}
	return where
}

// usual reports whether a form is the plain call of the route but for its method and
// connection.
func (p *Play) usual(f Form, r Route) bool {
	const raw = "a.b.c"
	req, plain := f.Request(raw), p.CanonicalRequest(r, raw)
	if req.Method != plain.Method {
		plain.Method, plain.Body, plain.ContentType = req.Method, req.Body, req.ContentType
	}
	plain.Via, plain.Replica, plain.Carrying = req.Via, req.Replica, req.Carrying
	return reflect.DeepEqual(req, plain)
}
