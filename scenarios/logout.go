package scenarios

import (
	"fmt"
	"time"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios/wire"
)

// LogoutWant is what a logout is expected to come to.
type LogoutWant string

// What a logout can be expected to come to.
const (
	Acknowledged    LogoutWant = "acknowledged"     // one of the declared success statuses
	Harmless        LogoutWant = "harmless"         // any status but a 5xx; judged by which tokens still live
	NotAcknowledged LogoutWant = "not-acknowledged" // anything but a success: it cannot have been done
)

// Logout logs a token out, nil for a request without one. An acknowledged
// logout ends the token: calls that are sent later must be refused. A token that
// the suite has signed need not be one that the target logs out: if it refuses to,
// the scenario does not run.
func (p *Play) Logout(t *Token, want LogoutWant, opts ...CallOption) Answer {
	if want == Acknowledged && t.minted() {
		return p.mustLogoutMinted(t, opts)
	}
	c := &call{req: p.LogoutRequest(t)}
	for _, o := range opts {
		o(c)
	}
	a := p.sender.Send(p.ctx, c.req, plannedLogout(want))
	ok := wire.Acknowledged(p.contract, a)
	bad := p.judgeLogout(t, want, a, ok)
	p.Step(report.Step{
		Request: c.req.String(), Expected: string(want), Actual: logoutText(a, ok),
		Took: report.Duration(a.Received.Sub(a.Sent)), OK: bad == nil,
	})
	if bad != nil {
		panic(p.ofLogout(*bad, t, want, c.req, a))
	}
	if ok && t != nil {
		p.acknowledge(t, a)
		p.endingBy(t, c.req, a)
	}
	if ok && t != nil && want == Acknowledged {
		p.endBy(t, a, c.req)
	}
	p.happens(logoutOf(t, want))
	return a
}

// judgeLogout says what speaks against the answer to a logout; nil if nothing.
func (p *Play) judgeLogout(t *Token, want LogoutWant, a Answer, ok bool) *stop {
	bad := p.logoutVerdict(want, a, ok)
	if s, broke := p.bare(a, "the logout"); broke && t == nil && bad != nil {
		return &s
	}
	switch {
	case bad == nil || bad.verdict != report.Fail:
	case a.OverLimit() && p.limitsEverybody():
		return &stop{verdict: report.Inconclusive, why: fmt.Sprintf("the logout was answered %d, and so is a token that was never issued: %s", a.Status, wire.ThrottledHint)}
	case p.throttled(a, func() Answer { return p.sender.Send(p.ctx, p.LogoutRequest(t), Refused) }):
		return &stop{verdict: report.Inconclusive, why: fmt.Sprintf("the logout was answered %d, and calls are too: %s", a.Status, wire.ThrottledHint)}
	case p.contract.Refuses(a.Status) && p.RanOut(t):
		return &stop{verdict: report.Inconclusive, why: "at the logout " + ranOutText(t, a)}
	case t != nil && len(p.contract.Users) > 1:
		bad.why += fmt.Sprintf(" (user %q)", t.user.Name)
	}
	return bad
}

// LogoutRequest is the request that logs a token out, nil for none.
func (p *Play) LogoutRequest(t *Token) Request {
	req := wire.LogoutOf(p.contract, sessionOf(t))
	req.Carrying = t.String()
	return req
}

// sessionOf is what a request sends of a token's session. A token that is no issued
// one comes alone: whoever wrote it has nothing else.
func sessionOf(t *Token) wire.Session {
	switch {
	case t == nil:
		return wire.Session{}
	case t.Raw != t.session.Raw:
		return wire.Session{Raw: t.Raw, User: t.user}
	}
	return t.session
}

// IsLogout reports whether a request of that method and path logs out.
func (p *Play) IsLogout(method, path string) bool {
	l := p.contract.Logout
	return method == l.Method && path == l.Path
}

// LogoutAcknowledged reports whether an answer acknowledges a logout.
func (p *Play) LogoutAcknowledged(a Answer) bool { return wire.Acknowledged(p.contract, a) }

func plannedLogout(want LogoutWant) Outcome {
	if want == NotAcknowledged {
		return Unavailable
	}
	return Accepted
}

func logoutText(a Answer, ok bool) string {
	switch {
	case a.Err != nil:
		return "no answer: " + wire.Reason(a.Err)
	case ok:
		return fmt.Sprintf("acknowledged (%d)", a.Status)
	}
	return fmt.Sprintf("not acknowledged (%d)", a.Status)
}

func (p *Play) logoutVerdict(want LogoutWant, a Answer, ok bool) *stop {
	switch {
	case p.ctx.Err() != nil:
		return &stop{verdict: report.NotRun, why: "the run was interrupted"}
	case want == NotAcknowledged && ok:
		return &stop{verdict: report.Fail, why: fmt.Sprintf("a logout that cannot have been done was acknowledged (%d)", a.Status)}
	case a.Unsubscribed():
		return &stop{verdict: report.Inconclusive, why: "the logout was " + a.Text(Unsubscribed) + Unsubscribed.Hint(false)}
	case want == NotAcknowledged:
		return nil
	case a.Err != nil:
		return &stop{verdict: report.Inconclusive, why: "the logout got no answer: " + wire.Reason(a.Err)}
	case want == Harmless && a.Status >= 500 && !p.contract.Refuses(a.Status):
		return &stop{verdict: report.Fail, why: fmt.Sprintf("the logout was answered %d: it must not upset the target", a.Status)}
	case want == Harmless || ok:
		return nil
	case a.Status >= 500 || a.Throttled() && !p.contract.Refuses(a.Status):
		return &stop{verdict: report.Inconclusive, why: fmt.Sprintf("the logout was not acknowledged: %d", a.Status)}
	}
	return &stop{verdict: report.Fail, why: fmt.Sprintf("the logout of a live token was answered %d, which is no declared success", a.Status)}
}

// Revocations is how many tokens the target has acknowledged logouts of, in this
// run or, if each scenario has one of its own, in this scenario.
func (p *Play) Revocations() int { return p.seen.revocations() }

// endBy notes that a token was ended by the acknowledged logout a. One that was
// ended before stays ended since then: a further logout does not move the end of
// a declared window.
func (p *Play) endBy(t *Token, a Answer, req Request) {
	p.mu.Lock()
	if t.of.ended.IsZero() {
		t.of.ended, t.of.endedThere = a.Received, p.now()
		if called := t.of.life.lastAccepted; !called.IsZero() {
			t.of.life.idle = p.now().Sub(called)
		}
	}
	p.lastEndThere, p.endedOf = p.now(), append(p.endedOf, t.user.Name)
	p.mu.Unlock()
	p.endingBy(t, req, a)
	p.seen.end(t.Raw)
	p.traceKind(endedEvent, t)
}

// acknowledge notes that a logout with a token was acknowledged. Whatever the
// token was worth, it may have moved the user's cut-off.
func (p *Play) acknowledge(t *Token, a Answer) {
	p.mu.Lock()
	if t.of.ended.IsZero() || p.contract.Logout.Scope == ScopeUser {
		p.lastEnd = a.Received
	}
	p.mu.Unlock()
	p.cuts.move(t.user, p.now())
}

// Ended notes that a scenario logged a token out by a request of its own.
func (p *Play) Ended(t *Token, a Answer) { p.EndedBy(t, p.LogoutRequest(t), a) }

// EndedBy notes that a request of the scenario's own, which was acknowledged, has
// ended a token.
func (p *Play) EndedBy(t *Token, req Request, a Answer) {
	p.acknowledge(t, a)
	p.endBy(t, a, req)
}

// EndedAt is when a token's logout was acknowledged, on the suite's clock.
func (p *Play) EndedAt(t *Token) time.Time {
	p.mu.Lock()
	defer p.mu.Unlock()
	return t.of.ended
}

// failedLogouts is how often in a row the logout of a signed token has to fail
// to be no accident.
const failedLogouts = 3

// LogoutMinted logs out a token that the suite has signed and that is accepted. It is
// false if the target refuses that logout: then nothing was acknowledged, nothing
// can have leaked, and a note says so. A target at which such a logout fails each
// time, while the logout of an issued token works, has let a token in that nobody
// can log out; that stops the scenario.
func (p *Play) LogoutMinted(t *Token) (ended bool) {
	a := p.logoutMinted(t, nil)
	return wire.Acknowledged(p.contract, a)
}

// mustLogoutMinted stops the scenario if the logout is refused.
func (p *Play) mustLogoutMinted(t *Token, opts []CallOption) Answer {
	a := p.logoutMinted(t, opts)
	if !wire.Acknowledged(p.contract, a) {
		p.Undeclared(SignedOutside, "the logout of %s, which the suite has signed, was not acknowledged (%s): there is nothing that it should have ended", t, failedText(a))
	}
	return a
}

func (p *Play) logoutMinted(t *Token, opts []CallOption) (a Answer) {
	c := &call{req: p.LogoutRequest(t)}
	for _, o := range opts {
		o(c)
	}
	for range failedLogouts {
		a = p.sender.Send(p.ctx, c.req, Accepted)
		ok := wire.Acknowledged(p.contract, a)
		p.Step(report.Step{
			Request: c.req.String(), Actual: logoutText(a, ok), Took: report.Duration(a.Received.Sub(a.Sent)), OK: true,
		})
		if ok {
			p.Ended(t, a)
			return a
		}
		bad := p.judgeLogout(t, Acknowledged, a, false)
		switch {
		case p.ctx.Err() != nil || !a.Down() && bad.verdict != report.Fail:
			panic(*bad)
		case !a.Down():
			p.Note("%s: its logout was refused (%d), so that nothing was acknowledged and nothing can have leaked", t, a.Status)
			return a
		}
	}
	p.mustNotLive(t, a)
	return a
}

// mustNotLive stops the scenario if a token whose logout failed each time, the
// last time with a, is accepted, and an issued one can be logged out: the target
// is not away.
func (p *Play) mustNotLive(t *Token, a Answer) {
	after := p.Call(t, WantAny)
	if o := p.Judge(p.contract.Routes[0], t, after); o != Accepted {
		p.Note("%s: its logout failed (%s), and it is not accepted any more (%d)", t, failedText(a), after.Status)
		return
	}
	if !p.HasGiven() {
		other := p.Login("alice", "issued")
		p.Call(other, WantAccepted)
		p.Logout(other, Acknowledged)
	}
	p.FailAs(report.LogoutFailed, report.Where{report.OfToken: p.made(t)}, "this token cannot be logged out: each of %d logouts of %s failed (%s), and it is still accepted (%d), while an issued token can be logged out",
		failedLogouts, t, failedText(a), after.Status)
}

func failedText(a Answer) string {
	if a.Err != nil {
		return "no answer: " + wire.Reason(a.Err)
	}
	return fmt.Sprint(a.Status)
}

// ofLogout adds to a fail what the logout saw.
func (p *Play) ofLogout(s stop, t *Token, want LogoutWant, req Request, a Answer) stop {
	if s.verdict != report.Fail || s.finding != nil {
		return s
	}
	seen := fmt.Sprintf("%s %d", req, a.Status)
	switch want {
	case NotAcknowledged:
		s.finding = p.found(report.UndoneAcknowledged, t, report.Where{report.OnlyScenario: p.record.ID}, seen)
	case Harmless:
		s.finding = p.found(report.WrongShape, t, report.Where{report.OnlyScenario: fmt.Sprintf("%d to %s", a.Status, p.harmless(t))}, seen)
	default:
		where := report.Where{}
		if role := p.roleOf(t); role != "" && role != roles[0] {
			where[report.OfUser] = role
		}
		s.finding = p.found(report.LogoutFailed, t, where, seen)
	}
	return s
}

// harmless names a logout that must change nothing.
func (p *Play) harmless(t *Token) string {
	switch {
	case t == nil:
		return "a logout without a token"
	case p.expired(t):
		return "a logout with an expired token"
	case t.issued():
		return "a second logout"
	}
	return "a logout with a forged token"
}

// endingBy notes the acknowledged logout of a token, unless it was sent with a
// forged one.
func (p *Play) endingBy(t *Token, req Request, a Answer) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.lastLogout = endedBy(p.contract, req, a); t.Raw == t.of.Raw {
		t.of.life.endedBy, t.of.life.endedReplica = p.lastLogout, req.Replica
	}
}

// endedBy names an acknowledged logout.
func endedBy(c Contract, req Request, a Answer) string {
	text := fmt.Sprintf("%s %s %d", req.Method, req.Path, a.Status)
	if len(c.Endpoints) > 1 {
		text += fmt.Sprintf(" at replica %d", req.Replica+1)
	}
	return text
}

// logoutOf names a logout as what may bring another token back.
func logoutOf(t *Token, want LogoutWant) string {
	switch {
	case t == nil:
		return "a logout without a token"
	case want != Acknowledged:
		return "a logout that is to change nothing"
	}
	return "another logout"
}
