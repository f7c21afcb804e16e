package scenarios

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/revocheck/revocheck/report"
)

// life is what a scenario saw of a token, on the target's clock.
type life struct {
	endedBy      string // the logout that was acknowledged: "POST /logout 204"
	endedReplica int
	lastAccepted time.Time
	refused      refusal            // the last one
	refusedAt    map[string]refusal // by the narrowing of the call
	refusals     int
	// idle is how long the token had not been called when it was logged out.
	idle time.Duration
}

// refusal is when a token was refused, and how much had happened in the scenario
// by then.
type refusal struct {
	at       time.Time
	happened int
}

// later is the time from which on an acceptance or a refusal is put down to the
// time that has passed.
const later = time.Second

// FailAs is Fail for what was seen, so that failures with one cause can be told
// to have it. Where says in what the call differed from the plainest one.
func (p *Play) FailAs(o report.Observable, where report.Where, why string, args ...any) {
	panic(stop{verdict: report.Fail, why: fmt.Sprintf(why, args...), finding: &report.Finding{Observable: o, Where: where}})
}

// FailDead is FailAs for a token that was accepted after its logout.
func (p *Play) FailDead(t *Token, where report.Where, seen, why string, args ...any) {
	p.FailEnded(report.DeadAccepted, t, where, seen, why, args...)
}

// FailEnded is FailAs for what is taken after the logout of t.
func (p *Play) FailEnded(o report.Observable, t *Token, where report.Where, seen, why string, args ...any) {
	found := p.found(o, t, where, seen)
	panic(stop{verdict: report.Fail, why: fmt.Sprintf(why, args...), finding: found, leak: p.Leaked(t, Answer{Sent: time.Now()})})
}

// bare is what a 5xx amounts to of a request without a token, where the preflight
// saw that such requests break the target for want of one.
func (p *Play) bare(a Answer, what string) (stop, bool) {
	b := p.run.observed.Bare
	if a.Err != nil || a.Status != b.Status || b.Status == 0 {
		return stop{}, false
	}
	return stop{
		verdict: report.Fail, why: fmt.Sprintf("%s without a token was answered %d: %s", what, a.Status, b.Text()),
		fix: "Let no request break for want of a token: refuse it, or serve it. In API Management a counter whose counter-key is null, or empty, " +
			"may be an error (500): key it by the validated token, behind validate-jwt, and not at global scope.",
		finding: &report.Finding{Observable: report.BrokeBare, Where: report.Where{}, Seen: []string{b.Text()}},
	}, true
}

// found is a finding about a token, with where it was logged out and what came
// then.
func (p *Play) found(o report.Observable, t *Token, where report.Where, seen ...string) *report.Finding {
	f := &report.Finding{Observable: o, Where: where}
	if t == nil {
		f.Seen = seen
		return f
	}
	p.mu.Lock()
	by := t.of.life.endedBy
	if by == "" && !t.minted() && (o == report.LiveRefused || o == report.DeadAccepted) && p.lastLogout != "" {
		by = p.lastLogout + " of another token"
	}
	p.mu.Unlock()
	if by != "" {
		seen = append([]string{by}, seen...)
	}
	f.Seen = seen
	if left, ok := p.Clock().Left(t); ok && left > 0 && o == report.DeadAccepted {
		f.Left = report.Duration(left.Round(time.Second))
	}
	return f
}

// finding is what a call saw whose answer is not the wanted one.
func (p *Play) finding(t *Token, want Want, c *call, a Answer, o Outcome) *report.Finding {
	seen := fmt.Sprintf("%s %d (wanted %s)", c.req.String(), a.Status, wanted(p.contract, want))
	where := p.where(t, c)
	accepted := o == Accepted || o == SomebodyElse
	switch {
	case want == WantAccepted && c.open:
		return p.found(report.LiveRefused, t, with(where, report.OnRoute, "the open route "+c.req.Path), seen)
	case want == WantAccepted && o == SomebodyElse:
		return p.found(report.Disclosed, t, with(where, report.OfUser, "somebody else"), seen)
	case want == WantAccepted:
		return p.found(report.LiveRefused, t, p.whichSession(t, where), seen)
	case t == nil && accepted:
		return p.found(report.StrangerAccepted, t, where, seen)
	case !accepted:
		return p.found(report.UndeclaredRefusal, t, where, seen)
	case p.dead(t):
		where = p.sinceRefused(t, where)
		if where[report.WithStore] == outOfReach {
			delete(where, report.AtReplica) // which it is goes without saying
		}
		return p.found(report.DeadAccepted, t, where, seen)
	case p.leftAlive(t):
		return p.found(report.DeadAccepted, t, with(where, report.OfSession, "another session of the user who logged out"), seen)
	}
	return p.found(report.StrangerAccepted, t, p.strange(t, where), seen)
}

func wanted(c Contract, want Want) string {
	if want == WantRefused {
		return listed(c.Refusal.Statuses)
	}
	return string(want)
}

// saw notes what came of a canonical call with a token.
func (p *Play) saw(t *Token, o Outcome, c *call) {
	if t == nil {
		return
	}
	where := fmt.Sprint(p.where(t, c))
	p.mu.Lock()
	defer p.mu.Unlock()
	switch o {
	case Accepted:
		t.of.life.lastAccepted = p.now()
	case Refused:
		l := &t.of.life
		l.refused = refusal{p.now(), len(p.happened)}
		l.refusals++
		if l.refusedAt == nil {
			l.refusedAt = map[string]refusal{}
		}
		l.refusedAt[where] = l.refused
	}
}

// called is a call in the terms by which steps are compared.
func (p *Play) called(t *Token, want Want, c *call, a Answer, o Outcome) *report.Call {
	call := &report.Call{
		Method: c.req.Method, Path: c.req.Path, Replica: c.req.Replica + 1, Connection: string(c.req.Via),
		Want: string(want), Got: o.String(), Status: a.Status, Where: p.where(t, c),
	}
	if t != nil {
		call.Token, call.User, call.Dead = t.String(), p.roleOf(t), p.dead(t) && !c.open
	}
	if call.Dead && t.issued() {
		p.times(t, call)
	}
	return call
}

// withFinding adds to a fail what the call saw.
func (p *Play) withFinding(s stop, t *Token, want Want, c *call, a Answer, o Outcome) stop {
	if s.verdict != report.Fail || s.finding != nil {
		return s
	}
	s.finding = p.finding(t, want, c, a, o)
	p.askAgain(s.finding, t, c)
	if s.finding.Observable == report.DeadAccepted && len(s.finding.Where) == 0 {
		p.narrow(t)
	}
	return s
}

// expired reports whether the token's exp has passed.
func (p *Play) expired(t *Token) bool {
	exp, ends := t.Exp()
	return ends && !exp.After(p.now())
}

// dead reports whether a logout with the token was acknowledged.
func (p *Play) dead(t *Token) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return t != nil && t.of.life.endedBy != ""
}

func with(where report.Where, d report.Dimension, value string) report.Where {
	where[d] = value
	return where
}

// where says in what a call differs from the plainest one.
func (p *Play) where(t *Token, c *call) report.Where {
	where, first := report.Where{}, p.contract.Routes[0]
	if c.req.Path != first.Path {
		where[report.OnRoute] = c.req.Path
	}
	if c.req.Method != cmp.Or(first.Method, "GET") {
		where[report.ByMethod] = c.req.Method
	}
	if c.req.Via != SameConnection {
		where[report.OverWire] = string(c.req.Via)
	}
	maps.Copy(where, p.Store().Where())
	home := 0
	if t != nil {
		p.mu.Lock()
		home = t.of.life.endedReplica
		p.mu.Unlock()
	}
	if c.req.Replica != home {
		where[report.AtReplica] = "another replica"
	}
	switch {
	case t == nil:
	case t.minted():
		where[report.OfToken] = p.made(t)
	case t.Raw != t.of.Raw && p.dead(t):
		where[report.InSpelling] = t.Name
	}
	if role := p.roleOf(t); role != "" && role != roles[0] {
		where[report.OfUser] = role
	}
	return where
}

// sinceRefused adds what has passed and happened since a dead token was last refused.
func (p *Play) sinceRefused(t *Token, where report.Where) report.Where {
	p.mu.Lock()
	defer p.mu.Unlock()
	last, alike := t.of.life.refusedAt[fmt.Sprint(where)]
	if !alike {
		last = t.of.life.refused
	}
	never := last.at.IsZero()
	if never {
		last.at = t.of.endedThere
	}
	if p.now().Sub(last.at) >= later {
		where[report.AtTime] = report.SomeTimeLater
	}
	if never {
		return where
	}
	if events := p.happened[min(last.happened, len(p.happened)):]; len(events) > 0 {
		where[report.AfterEvent] = strings.Join(unique(events), " and ")
	} else if alike && where[report.AtTime] == "" {
		where[report.AtTime] = atTimes
	}
	return where
}

func unique(texts []string) []string {
	texts = slices.Clone(texts)
	slices.Sort(texts)
	return slices.Compact(texts)
}

// strange says what kind of token was accepted that never was, or is no longer,
// good.
func (p *Play) strange(t *Token, where report.Where) report.Where {
	delete(where, report.OfToken)
	if p.expired(t) {
		return with(where, report.AtTime, "after exp")
	}
	if from, ok := t.Instant("nbf"); ok && from.After(p.now()) {
		return with(where, report.AtTime, "before nbf")
	}
	where[report.OfToken] = "forged"
	if !strings.HasPrefix(p.record.ID, "lifecycle/") {
		where[report.InForm] = p.made(t)
	}
	return where
}

// made says how a token was made that nobody issued: by the scenario, and by the
// token's name there, if that is more than a letter.
func (p *Play) made(t *Token) string {
	id := p.record.ID
	what := id[strings.LastIndexByte(id, '/')+1:]
	if len(t.Name) > 2 {
		what += ": " + t.Name
	}
	return what
}

// leftAlive reports whether a token is an issued one that a logout of its user with
// another token had to end.
func (p *Play) leftAlive(t *Token) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	mine, _ := p.endedBefore(t)
	return mine && t.issued() && !p.expired(t)
}

// roleOf is whose token it is by the scenario's name for the user: the target's
// own is nobody's business; empty if the user has none.
func (p *Play) roleOf(t *Token) string {
	if t == nil {
		return ""
	}
	i := slices.IndexFunc(p.users, func(u User) bool { return u.Name == t.user.Name })
	if i < 0 || i >= len(roles) {
		return ""
	}
	return roles[i]
}

// happens notes what may bring a dead token back.
func (p *Play) happens(event string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.happened = append(p.happened, event)
}
