package scenarios

import (
	"fmt"
	"sync"
	"time"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios/contract"
	"github.com/revocheck/revocheck/scenarios/token"
	"github.com/revocheck/revocheck/scenarios/wire"
)

// newToken logs a user in until the token is one that no other login of the run
// has been given. Where only the second of its issue tells a token from the
// next, scenarios take turns: each second has one token for all of them.
func (p *Play) newToken(user User, role, name string, l login) *Token {
	t := p.loginOnce(user, role, name, l)
	if l.sameOK || p.seen.add(t.Raw) {
		return t
	}
	mine := p.turns.of(user)
	mine.Lock()
	defer mine.Unlock()
	if mine.stuck == token.Signed(t.Raw) {
		p.sameAgain(t)
	}
	for same := 0; ; {
		p.Note("the login of %s was repeated a second later: it gave a token that had been given before", role)
		p.lapse(1100*time.Millisecond, func() {})
		last := token.Signed(t.Raw)
		t = p.loginOnce(user, role, name, l)
		if p.seen.add(t.Raw) {
			return t
		}
		if same++; token.Signed(t.Raw) != last {
			same = 0
		}
		if same == 2 {
			mine.stuck = last
			p.sameAgain(t)
		}
	}
}

// turns has one for each user by name.
type turns struct{ users sync.Map }

// turn is had by one login of a user at a time.
type turn struct {
	sync.Mutex
	stuck string // what is signed of the token that the user is given again and again
}

func (t *turns) of(u User) *turn {
	one, _ := t.users.LoadOrStore(u.Name, &turn{})
	return one.(*turn)
}

// sameAgain stops the scenario over a target that does not hand out new tokens.
func (p *Play) sameAgain(t *Token) {
	p.mu.Lock()
	var dead bool
	for _, e := range p.trail {
		dead = dead || e.kind == endedEvent && e.token.Raw == t.Raw
	}
	p.mu.Unlock()
	dead = dead || p.seen.ended(t.Raw)
	if p.contract.LoginWay() != contract.ByPath {
		p.NotRun("%s gives the same token again and again: scenarios would end each other's; every login has to give a new one (Entra ID and caches before it may hand out one they have)", p.contract.LoginWay())
	}
	if dead {
		p.FailAs(report.LiveRefused, report.Where{report.OfSession: "the same text as a dead token"}, "a new login was given the very token %s that had been logged out", t)
	}
	p.NotRun("the target gives the same token for every login of a user: scenarios would end each other's")
}

// obtainElsewhere has a token from the target's own source (Powers.Login) or
// from those that were given.
func (p *Play) obtainElsewhere(user User, role string, l login) obtained {
	i := obtained{request: p.contract.LoginText() + " for " + role, elsewhere: true}
	if len(l.change) > 0 {
		p.Note("nothing could be sent along with the login: the tokens come from %s, not from the gateway", p.contract.LoginWay())
	}
	i.answer.Sent = time.Now()
	switch {
	case p.planning:
		p.sender.(*plan).login(i.request, user.Name, tokenSource(p.contract))
		i.raw = planToken(p, user, l.asked())
	case p.contract.LoginWay() == contract.ByTokens:
		i.raw, i.why = p.takeGiven(user)
	default:
		var g wire.Granted
		g, i.why = wire.FromSource(p.ctx, p.run.limit, p.contract, p.instance.Powers.Login, user)
		i.raw, i.answer.Body = g.Token, g.Answer
	}
	i.answer.Received = time.Now()
	return i
}

// takeGiven takes a token of those that were set aside for the scenario, or of
// those that nobody needs: what a target accepts decides how many it takes.
func (p *Play) takeGiven(u User) (raw, why string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if mine := p.given[u.Name]; len(mine) > 0 {
		p.given[u.Name] = mine[1:]
		return mine[0], ""
	}
	raw, ok := p.run.tokens.more(u.Name, p.now())
	if !ok {
		panic(stop{verdict: report.NotRun, why: fmt.Sprintf("it needs one more token of user %q than was foreseen, and none is left: give more tokens", u.Name)})
	}
	return raw, ""
}

// BareLogin is a login at the target's login.path that names nobody and carries
// a raw token, "" for none.
func (p *Play) BareLogin(raw string) Request {
	req := wire.BareLogin(p.contract.Login)
	if raw != "" {
		req.Carry(p.contract.Carrier, raw)
	}
	return req
}

// Granted is the token in the answer to a request of BareLogin; "" if there is
// none.
func (p *Play) Granted(a Answer) string {
	if a.Planned != Unjudged {
		return ""
	}
	raw, why := wire.TokenIn(p.contract, a)
	if why != "" {
		return ""
	}
	p.run.secret(raw)
	return raw
}

// cutOffs remembers when users were last logged out, where a logout ends all of
// a user's sessions: a login too soon after it may be ended by it, in whichever
// scenario the two are.
type cutOffs struct {
	mu   sync.Mutex
	last map[string]time.Time // by the user's name, on the target's clock
}

func newCutOffs() *cutOffs { return &cutOffs{last: map[string]time.Time{}} }

func (c *cutOffs) move(u User, at time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.last[u.Name] = at
}

func (c *cutOffs) of(u User) time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.last[u.Name]
}

// tick is the granularity of a cut-off that declares none: many runtimes count
// milliseconds, and a login follows a logout within one.
const tick = 2 * time.Millisecond

// awaitCutOff waits until a new login of a user cannot fall under the
// granularity of the cut-off that ended the last one.
func (p *Play) awaitCutOff(u User) {
	grain, last := max(p.contract.Logout.CutOff, tick), p.cuts.of(u)
	if p.contract.Logout.Scope != ScopeUser || last.IsZero() {
		return
	}
	if d := last.Add(grain).Sub(p.Clock().Now()); d > 0 {
		p.Clock().Wait(d + grain/100)
	}
}

// RefreshRequest asks for a new token with what the session of t has. It leaves
// no step, as Send does not.
func (p *Play) RefreshRequest(t *Token) Request {
	req := wire.RefreshOf(p.contract, t.session)
	req.Carrying = "what " + t.String() + " came with"
	return req
}

// WithAccessAsRefresh is that request with the access token in place of the refresh
// token.
func (p *Play) WithAccessAsRefresh(t *Token) Request {
	s := t.session
	s.Refresh = t.Raw
	req := wire.RefreshOf(p.contract, s)
	req.Carrying = t.String() + " as a refresh token"
	return req
}

// HasRefreshToken reports whether the token came with a refresh token.
func (t *Token) HasRefreshToken() bool { return t.session.Refresh != "" }

// SameRefreshToken reports whether two tokens came with the same refresh token.
func (t *Token) SameRefreshToken(other *Token) bool {
	return t.session.Refresh == other.session.Refresh
}

// Refreshed is the token that the answer to a refresh of t's session gives, by a
// name, and what the answer means; nil unless that is Accepted. An Accepted answer
// says nothing of whether the token is good.
func (p *Play) Refreshed(t *Token, name string, a Answer) (*Token, Outcome) {
	o := wire.RefreshOutcome(p.contract, t.session, a)
	if o != Accepted {
		return nil, o
	}
	next, _ := wire.Renewed(p.contract, t.session, a)
	if p.planning {
		next.Raw = planToken(p, t.user, 0)
	}
	p.run.secret(next.Raw)
	p.run.secret(next.Refresh)
	fresh, err := parseToken(next.Raw)
	if err != nil {
		p.FailAs(report.WrongShape, report.Where{report.OnlyScenario: "the token of a refresh cannot be used"}, "the refresh's token cannot be used: %v", err)
	}
	p.seen.add(fresh.Raw)
	fresh.Name, fresh.user, fresh.session = name, t.user, next
	fresh.asked, fresh.answered = p.theirs(a.Sent), p.theirs(a.Received)
	p.trace(fresh, "", Unjudged, nil)
	p.happens("a refresh")
	return fresh, o
}

// RevokeAllRequest ends every session of the user of t, which goes with it.
func (p *Play) RevokeAllRequest(t *Token) Request {
	req := wire.ActionOf(p.contract, p.contract.RevokeAll.Action, sessionOf(t))
	req.Carrying = t.String()
	return req
}

// UndoRequest lets the user whose sessions ended in again. No token goes with it.
func (p *Play) UndoRequest() Request {
	return wire.ActionOf(p.contract, *p.contract.RevokeAll.Undo, wire.Session{})
}

// LoginSpared begins a session of the user whom only revoke_all may touch, or of
// the first one if there is none, at a replica, from 0.
func (p *Play) LoginSpared(name string, replica int) *Token {
	user, own := p.run.spared()
	if !own {
		user = p.user(roles[0])
	}
	return p.loginAs(user, user.Name, name, login{replica: replica})
}

// spared is the user whom only revoke_all may touch; false if there is none.
func (r *run) spared() (User, bool) { return r.whole.Spared() }
