package scenarios

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios/contract"
	"github.com/revocheck/revocheck/scenarios/wire"
)

// roles are the names by which scenarios call the target's users.
var roles = []string{"alice", "bob"}

// Roles are the names by which scenarios call the target's users.
func Roles() []string { return slices.Clone(roles) }

// LoginOption changes a login.
type LoginOption func(*login)

type login struct {
	life    time.Duration
	atLeast time.Duration
	wished  time.Duration
	sameOK  bool
	change  []func(*Request)
	replica int
}

// Life asks for a lifetime. A target that grants another one does not have
// the capability.
func Life(d time.Duration) LoginOption { return func(l *login) { l.life = d } }

// LifeAtLeast asks for a token with at least so much life left, and takes a
// longer one.
func LifeAtLeast(d time.Duration) LoginOption { return func(l *login) { l.atLeast = d } }

// LifeWished asks for a token with so much life left, and takes any.
func LifeWished(d time.Duration) LoginOption { return func(l *login) { l.wished = d } }

// asked is the lifetime to ask for; 0 for none.
func (l login) asked() time.Duration { return max(l.life, l.atLeast, l.wished) }

// SameAllowed takes a token that was handed out before.
func SameAllowed() LoginOption { return func(l *login) { l.sameOK = true } }

// LoginWith changes the request of a login.
func LoginWith(change func(*Request)) LoginOption {
	return func(l *login) { l.change = append(l.change, change) }
}

// LoginAt logs in at a replica, counted from 0.
func LoginAt(replica int) LoginOption { return func(l *login) { l.replica = replica } }

// Login logs a user in and returns a token that no other login of the run has
// been given. The user is one of the roles alice and bob: the first and the second
// of the target's users that are lent to the scenario.
func (p *Play) Login(role, name string, opts ...LoginOption) *Token {
	l := login{}
	for _, o := range opts {
		o(&l)
	}
	return p.loginAs(p.user(role), role, name, l)
}

// LoginUser logs in one of the users that are lent to the scenario, counted from
// 0. Its token is named after it.
func (p *Play) LoginUser(i int) *Token {
	user := p.users[i]
	return p.loginAs(user, user.Name, "the token of "+user.Name, login{})
}

// Users is how many users are lent to the scenario.
func (p *Play) Users() int { return len(p.users) }

func (p *Play) loginAs(user User, role, name string, l login) *Token {
	p.mustBeGranted(l)
	p.awaitCutOff(user)
	t := p.newToken(user, role, name, l)
	p.checkLife(t, l)
	p.trace(t, "", Unjudged, nil)
	p.happens("a login")
	return t
}

func (p *Play) user(role string) User {
	i := slices.Index(roles, role)
	if i < 0 || i >= len(p.users) {
		p.Undeclared(TwoUsers, "there is no user for %s", role)
	}
	return p.users[i]
}

func (p *Play) loginOnce(user User, role, name string, l login) *Token {
	i := p.obtain(user, role, l)
	for n := 1; ; n++ {
		d := p.retryDelay(i, n)
		if d == 0 {
			break
		}
		p.Note("the login was answered %d; it was sent again when Retry-After had passed", i.answer.Status)
		p.lapse(d, func() {}) // another scenario would log in meanwhile
		i = p.obtain(user, role, l)
	}
	if l.refused(p.contract, i) {
		i = p.withoutLifetime(i, user, role, l)
	}
	p.Step(report.Step{
		Request: i.request, Expected: "a token", Actual: cmp.Or(i.why, i.text()),
		Took: report.Duration(i.answer.Received.Sub(i.answer.Sent)), OK: i.why == "",
	})
	if i.why != "" {
		p.loginFailed(i)
	}
	p.run.secret(i.raw)
	t, err := parseToken(i.raw)
	switch {
	case err != nil && i.elsewhere:
		p.Inconclusive("the token that was obtained cannot be used: %v", err)
	case err != nil:
		p.FailAs(report.WrongShape, report.Where{report.OnlyScenario: "the token of a login cannot be used"}, "the login's token cannot be used: %v", err)
	}
	t.Name, t.user, t.given = name, user, p.contract.LoginWay() == contract.ByTokens
	t.session = wire.SessionIn(p.contract, user, i.raw, i.answer)
	p.run.secret(t.session.Refresh)
	t.asked, t.answered = p.theirs(i.answer.Sent), p.theirs(i.answer.Received)
	return t
}

// retryDelay is how long to wait before a login is sent again that was refused n
// times for the number of logins, and not for what the scenario did: by a status
// that is no refusal of a token, or before a token was issued, since another
// scenario may have run into that limit or filled a counter that all share. 0 if
// there is nothing to wait for.
func (p *Play) retryDelay(i obtained, n int) time.Duration {
	seconds, err := strconv.Atoi(i.answer.Header.Get("Retry-After"))
	if err != nil || seconds < 0 || seconds > longestLimit || n > p.retries(i.answer) {
		return 0
	}
	d := time.Duration(seconds+1) * time.Second
	if !p.Clock().CanWait(d) {
		return 0
	}
	return d
}

// retries is how often a login is sent again after that answer.
func (p *Play) retries(a Answer) int {
	switch {
	case a.OverLimit() && !p.issuedBefore():
		return 1
	case a.Status == http.StatusTooManyRequests && !a.OverLimit() && !p.contract.Refuses(a.Status):
		return 20
	}
	return 0
}

// longestLimit is the longest renewal-period of rate-limit-by-key, in seconds.
const longestLimit = 300

// obtained is what a login came to.
type obtained struct {
	request   string // what was asked, for the report
	raw, why  string // the token, or why there is none
	answer    Answer
	elsewhere bool // it was not the gateway that was asked
}

func (i obtained) text() string {
	if i.elsewhere {
		return "a token"
	}
	return fmt.Sprintf("a token (%d)", i.answer.Status)
}

func (p *Play) obtain(user User, role string, l login) obtained {
	if p.contract.LoginWay() != contract.ByPath {
		return p.obtainElsewhere(user, role, l)
	}
	req := p.loginRequest(user, l)
	req.Carrying = "the credentials of " + role
	a := p.sender.Send(p.ctx, req, Accepted)
	i := obtained{request: req.String(), answer: a}
	i.raw, i.why = p.tokenIn(a, user, l)
	return i
}

// refused reports whether a login may have been refused for the lifetime that
// it asked for.
func (l login) refused(c Contract, i obtained) bool {
	bad := i.answer.Status == http.StatusBadRequest || i.answer.Status == http.StatusUnprocessableEntity
	return bad && l.asked() > 0 && c.Login.LifetimeField != "" && !c.Refuses(i.answer.Status)
}

// withoutLifetime logs in once more without a lifetime. If that works, a scenario that
// needs the lifetime ends, and one that wished for it goes on.
func (p *Play) withoutLifetime(first obtained, user User, role string, l login) obtained {
	plain := login{sameOK: l.sameOK, change: l.change, replica: l.replica}
	i := p.obtain(user, role, plain)
	if i.why != "" {
		return first
	}
	p.run.secret(i.raw)
	why := fmt.Sprintf("a lifetime of %s was asked for, and %s: set login.min_lifetime and login.max_lifetime to what is granted", p.Bounded(l.asked()), first.why)
	if l.life > 0 || l.atLeast > 0 {
		p.Undeclared(Lifetime, "%s", why)
	}
	p.Note("%s", why)
	return i
}

func (p *Play) loginFailed(i obtained) {
	a, why := i.answer, i.why
	if s, ok := p.bare(a, "the login"); ok && p.run.observed.Bare.Login {
		panic(s)
	}
	switch {
	case p.ctx.Err() != nil:
		p.NotRun("the run was interrupted")
	case i.elsewhere:
		p.Inconclusive("no token was obtained (%s): %s", i.request, why)
	case a.Unsubscribed():
		p.Inconclusive("the login was %s%s", a.Text(Unsubscribed), Unsubscribed.Hint(false))
	case a.MayThrottle() && p.loginsLimited():
		p.Inconclusive("the login was answered %d, and when to try again: %s", a.Status, wire.ThrottledHint)
	case p.contract.Refuses(a.Status) && p.issuedBefore():
		if a.OverLimit() && p.limitsEverybody() {
			p.Inconclusive("the login was answered %d, and so is a token that was never issued: %s", a.Status, wire.ThrottledHint)
		}
		p.FailAs(report.LoginFailed, report.Where{}, "a login was refused (over-block): %s", why)
	case a.Err != nil, a.Status >= 500, a.Throttled():
		p.Inconclusive("the login gave no token: %s", why)
	}
	p.FailAs(report.LoginFailed, report.Where{}, "the login gave no token: %s", why)
}

// loginsLimited reports whether a plain login is turned away as well.
func (p *Play) loginsLimited() bool {
	_, limited := p.freshToken()
	return limited
}

// issuedBefore reports whether a login has worked in this scenario.
func (p *Play) issuedBefore() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.ContainsFunc(p.trail, func(e event) bool { return e.kind == issuedEvent })
}

func (p *Play) loginRequest(user User, l login) Request {
	req := wire.LoginOf(p.contract, user, l.asked())
	req.Replica = l.replica
	for _, change := range l.change {
		change(&req)
	}
	return req
}

// tokenIn picks the token out of a login's answer, or says why there is none.
func (p *Play) tokenIn(a Answer, user User, l login) (raw, why string) {
	if a.Planned != Unjudged {
		return planToken(p, user, l.asked()), ""
	}
	return wire.TokenIn(p.contract, a)
}

// mustBeGranted stops the scenario where it needs a longer lifetime than the
// target says it grants: it may well refuse a login that asks for more.
func (p *Play) mustBeGranted(l login) {
	longest, needed := p.contract.Login.MaxLifetime, max(l.life, l.atLeast)
	if longest > 0 && needed > longest {
		p.Undeclared(Lifetime, "a lifetime of %s is needed, and login.max_lifetime is %s", needed, longest)
	}
}

// checkLife compares the lifetime that the token has with the one asked for:
// the token decides, not the request.
func (p *Play) checkLife(t *Token, l login) {
	if l.life == 0 && l.atLeast == 0 {
		return
	}
	left, ok := p.Clock().Left(t)
	exp, _ := t.Exp()
	least, most := exp.Sub(t.answered), exp.Sub(t.asked) // when it was issued
	asked := max(l.life, p.contract.Login.MinLifetime)
	tolerance := 2*time.Second + p.run.observed.Unsure
	switch {
	case !ok && l.life > 0:
		p.Undeclared(Lifetime, "a lifetime of %s was asked for, and the token has no exp", asked)
	case ok && l.atLeast > 0 && left < l.atLeast-tolerance:
		p.Undeclared(Lifetime, "the token has %s to live; at least %s are needed", left.Round(time.Second), l.atLeast)
	case ok && l.life > 0 && (most < asked-tolerance || least > asked+tolerance):
		p.Undeclared(Lifetime, "a lifetime of %s was asked for, and the token was given %s", asked, left.Round(time.Second))
	}
}
