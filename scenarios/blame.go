package scenarios

import (
	"cmp"
	"fmt"
	"net/http"
	"time"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios/wire"
)

// Oddity is what a request has beside a dead token that may be why it was accepted.
// Each function sends one request and reports whether it was answered as a live
// token's is.
type Oddity struct {
	// With sends the dead token with the oddity, Without the same request without
	// it, and Forged a token with the oddity that nobody issued. A nil one is refused.
	With, Without, Forged func() bool
	// Where says in what the request, or what came before it, is odd. Nil: in what the
	// scenario is about.
	Where report.Where
}

// Blame is what the controls of an oddity have shown.
type Blame int

// What controls can show. The zero value blames nothing.
const (
	// NotThis: the dead token is accepted without the oddity too, or with it only
	// now and then. The leak is one, and the oddity is not its cause.
	NotThis Blame = iota
	// This: the dead token is accepted with the oddity, and not without it.
	This
	// NoToken: a forged token is accepted too, so that the answer does not depend on
	// a token being good, and says nothing of revocation.
	NoToken
	// Neither: the dead token is accepted each time without the oddity, too.
	Neither
)

// controls is how often the dead token is sent with the oddity, and as often
// without it: a leak of one call in four that has nothing to do with the oddity
// would be blamed on it once in a thousand times.
const controls = 24

// Blame sends the controls of an oddity with which a dead token was accepted, and
// says what they have shown in words that follow on the finding.
func (p *Play) Blame(o Oddity) (Blame, string) {
	const forgeries = 3
	for range forgeries {
		if accepted(o.Forged) {
			return NoToken, "; so is a token that nobody issued: such a call is not verified at all"
		}
	}
	with, without := 0, 0
	tries := controls
	if limit := p.contract.Limits.Replays; limit > 0 {
		tries = min(tries, limit)
	}
	for range tries {
		if accepted(o.With) {
			with++
		}
		if accepted(o.Without) {
			without++
		}
	}
	switch {
	case without == tries:
		return Neither, "; so it is each time without that, which is not the cause"
	case without > 0:
		return NotThis, fmt.Sprintf("; it was accepted in %d of %d further calls like this and in %d of %d without that, which is not the cause", with, tries, without, tries)
	case 3*with < tries: // as few may be chance
		return NotThis, fmt.Sprintf("; it was accepted in %d of %d further calls like this and in none of %d without that: the leak comes and goes, and its cause is not known", with, tries, tries)
	}
	return This, ""
}

func accepted(send func() bool) bool { return send != nil && send() }

// CallDead calls a dead token, which must be refused. That it is not is blamed on
// the oddity only if its controls do; Without is the one to give.
func (p *Play) CallDead(t *Token, o Oddity) {
	c := p.prepare(t, nil)
	p.AwaitPropagation()
	a := p.sendFor(WantRefused, c.req)
	got := wire.Judge(p.contract, c.route, identityOf(t, c), a)
	p.keep(t, WantRefused, c, a, got)
	if got == Accepted {
		o.With = func() bool { return p.Accepts(c.route, t, t.Raw) }
		blame, why := p.Blame(o)
		p.FailBy(blame, t, o.Where, "%s%s", p.leak(t, WantRefused, a, got), why)
	}
	if s, bad := p.verdict(t, WantRefused, a, got); bad {
		panic(p.withFinding(s, t, WantRefused, c, a, got))
	}
	p.trace(t, WantRefused, got, c)
	p.saw(t, got, c)
}

// Accepts reports whether a canonical call of a route with a raw token is answered
// as one with t would be while it lives. Nothing is, in a dry run.
func (p *Play) Accepts(r Route, t *Token, raw string) bool {
	a := p.Send(p.CanonicalRequest(r, raw), Refused)
	return p.Judge(r, t, a) == Accepted
}

// someOfThem is how to mend a leak that the oddity of a request is not the cause of.
const someOfThem = "The token is accepted now and then, whatever the request looks like: look for what only some workers, replicas or connections " +
	"have, such as a cache in the process, and have each call ask the store."

// unverified is how to mend what any token gets past.
const unverified = "Verify the token, its signature first, in one place that every request passes, whatever else the request holds."

// everywhere is how to mend a leak that nothing odd is needed for.
const everywhere = "Check revocation in one place that every request passes, whatever its path and method: nothing odd is needed to get past."

// FailBy is Fail for a dead token that was accepted just now, with an oddity; where says in
// what that differs from the plainest call, nil: in what the scenario is about. How
// to mend it is what the scenario says only if the oddity is to blame.
func (p *Play) FailBy(b Blame, t *Token, where report.Where, why string, args ...any) {
	p.FailByFix("", b, t, where, why, args...)
}

// FailByFix is FailBy, with how to mend it if the oddity is to blame; empty: as the
// scenario says.
func (p *Play) FailByFix(fix string, b Blame, t *Token, where report.Where, why string, args ...any) {
	text := fmt.Sprintf(why, args...)
	s := stop{verdict: report.Fail, why: text, leak: p.Leaked(t, Answer{Sent: time.Now()})}
	s.fix = map[Blame]string{This: fix, NotThis: someOfThem, NoToken: unverified, Neither: everywhere}[b]
	switch b {
	case This:
		if where == nil {
			where = report.Where{report.InForm: p.record.ID}
		}
		s.finding = p.found(report.DeadAccepted, t, where, text)
	case Neither:
		s.finding = p.found(report.DeadAccepted, t, plainly(where), text)
	case NoToken:
		s.finding = p.found(report.StrangerAccepted, t, report.Where{report.OfToken: "forged"}, text)
	default:
		s.finding = p.found(report.DeadAccepted, t, report.Where{report.AtTime: atTimes}, text)
	}
	panic(s)
}

// narrow tries a dead token that was accepted in the plainest call by other
// methods, on the other routes, at every replica and over other connections: what
// accepts it and what does not is how the leak is narrowed down. Once a run is
// enough.
func (p *Play) narrow(t *Token) {
	if p.planning || p.run.options.Profile == Canary {
		return
	}
	p.run.narrowed.Do(func() {
		first := p.contract.Routes[0]
		for _, method := range []string{http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete} {
			r := first
			if method != cmp.Or(r.Method, http.MethodGet) {
				r.Method, r.Identity = method, "" // whom the answer names is declared of the route's own method
			}
			p.try(t, On(r))
		}
		for _, r := range p.contract.Routes[1:] {
			p.try(t, On(r))
		}
		for replica := range p.Replicas() {
			p.try(t, At(replica))
		}
		for _, via := range []Via{SecondConnection, NewConnection} {
			p.try(t, Over(via))
		}
	})
}

// try calls with a dead token and notes what came, unless a call without one is
// accepted as well.
func (p *Play) try(t *Token, opts ...CallOption) {
	c, bare := p.prepare(t, opts), p.prepare(nil, opts)
	if p.IsLogout(c.req.Method, c.req.Path) {
		return
	}
	none := p.sender.Send(p.ctx, bare.req, Refused)
	if wire.Judge(p.contract, c.route, nil, none) == Accepted {
		return
	}
	p.ask(t, c, "to narrow it down: ")
}

// ask sends a call with a dead token and notes what came.
func (p *Play) ask(t *Token, c *call, why string) Outcome {
	a := p.sender.Send(p.ctx, c.req, Refused)
	o := wire.Judge(p.contract, c.route, identityOf(t, c), a)
	p.Step(report.Step{
		Text: why + c.req.String(), Request: c.req.String(), Actual: a.Text(o),
		Took: report.Duration(a.Received.Sub(a.Sent)), OK: true, Call: p.called(t, WantAny, c, a, o),
	})
	return o
}

// plainly is where an odd call was accepted, but for the oddity: by its method, on its
// route, over its connection, and whenever and for whom it was.
func plainly(where report.Where) report.Where {
	return of(where, append([]report.Dimension{report.ByMethod, report.OnRoute, report.OverWire}, circumstances...))
}

// circumstances are what one call has in common with another that is sent beside it.
var circumstances = []report.Dimension{report.OfUser, report.AtTime, report.AfterEvent, report.WithStore}

// of is a part of where.
func of(where report.Where, dimensions []report.Dimension) report.Where {
	part := report.Where{}
	for _, d := range dimensions {
		if where[d] != "" {
			part[d] = where[d]
		}
	}
	return part
}
