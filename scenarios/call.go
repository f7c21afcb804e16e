package scenarios

import (
	"fmt"
	"slices"
	"time"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios/wire"
)

// Want is what a call is expected to come to.
type Want string

// What a call can be expected to come to.
const (
	WantAccepted    Want = "accepted"
	WantRefused     Want = "refused"
	WantNotAccepted Want = "not-accepted"
	WantUnavailable Want = "unavailable"     // a declared outage status
	WantClosed      Want = "closed"          // refused or unavailable: the store is away
	WantSurvivor    Want = "as-scope-allows" // accepted with logout scope token, refused with user
	WantStillLive   Want = "spared"          // accepted with logout scope token, anything with user
	WantAny         Want = "any"             // judged by the scenario itself
)

// dead reports whether what is wanted is what only a dead token gets.
func (w Want) dead() bool { return w == WantRefused || w == WantNotAccepted || w == WantClosed }

// CallOption changes how a call is sent.
type CallOption func(*call)

type call struct {
	route Route
	req   Request
	open  bool
}

// On sends the call to another route than the first.
func On(r Route) CallOption {
	return func(c *call) {
		via, replica := c.req.Via, c.req.Replica
		c.route, c.req = r, wire.CallOf(r)
		c.req.Via, c.req.Replica = via, replica
	}
}

// Over sends the call over another connection.
func Over(v Via) CallOption { return func(c *call) { c.req.Via = v } }

// At sends the call to a replica, counted from 0.
func At(replica int) CallOption { return func(c *call) { c.req.Replica = replica } }

// Open says that the route answers everyone, so that no identity is expected.
func Open(r Route) CallOption {
	return func(c *call) { On(r)(c); c.open = true }
}

// With changes the request before the token is put in.
func With(change func(*Request)) CallOption { return func(c *call) { change(&c.req) } }

// Call calls a protected route with a token, nil for none, judges the answer
// and stops the scenario unless it is the wanted one.
func (p *Play) Call(t *Token, want Want, opts ...CallOption) Answer {
	c := p.prepare(t, opts)
	want = p.resolve(want)
	if want.dead() {
		p.AwaitPropagation()
	}
	a := p.sendFor(want, c.req)
	o := p.judge(t, c, a)
	p.keep(t, want, c, a, o)
	if s, bad := p.verdict(t, want, a, o); bad {
		panic(p.withFinding(s, t, want, c, a, o))
	}
	p.trace(t, want, o, c)
	p.saw(t, o, c)
	return a
}

// judge says what an answer to a call means.
func (p *Play) judge(t *Token, c *call, a Answer) Outcome {
	o := wire.Judge(p.contract, c.route, identityOf(t, c), a)
	if o == Refused && p.throttled(a, func() Answer { return p.Send(c.req, Refused) }) {
		return Throttled
	}
	return o
}

// CallEverywhere is Call at each replica in turn.
func (p *Play) CallEverywhere(t *Token, want Want, opts ...CallOption) {
	for replica := range p.Replicas() {
		p.Call(t, want, append(slices.Clone(opts), At(replica))...)
	}
}

// CallOnce is Call for one of many alike: it leaves a step only if the answer
// is not the wanted one, and does not count as a control.
func (p *Play) CallOnce(t *Token, want Want, opts ...CallOption) {
	c := p.prepare(t, opts)
	if want.dead() {
		p.AwaitPropagation()
	}
	a := p.sendFor(want, c.req)
	o := p.judge(t, c, a)
	if s, bad := p.verdict(t, want, a, o); bad {
		p.keep(t, want, c, a, o)
		panic(p.withFinding(s, t, want, c, a, o))
	}
}

// sendFor sends a call: one of a token that nobody issued may be taken for an
// attack.
func (p *Play) sendFor(want Want, r Request) Answer {
	if want == WantNotAccepted {
		return p.SendMalformed(r, planned(want))
	}
	return p.Send(r, planned(want))
}

func (p *Play) prepare(t *Token, opts []CallOption) *call {
	c := &call{route: p.contract.Routes[0]}
	c.req = wire.CallOf(c.route)
	for _, o := range opts {
		o(c)
	}
	if t != nil {
		c.req.Carry(p.contract.Carrier, t.Raw)
	}
	c.req.Carrying = t.String()
	return c
}

func identityOf(t *Token, c *call) *User {
	if t == nil || c.open {
		return nil
	}
	return &t.user
}

func (p *Play) resolve(w Want) Want {
	whole := p.contract.Logout.Scope == ScopeUser
	switch {
	case w == WantSurvivor && whole:
		return WantRefused
	case w == WantStillLive && whole:
		return WantAny
	case w == WantSurvivor || w == WantStillLive:
		return WantAccepted
	}
	return w
}

func planned(w Want) Outcome {
	switch w {
	case WantRefused, WantNotAccepted:
		return Refused
	case WantUnavailable, WantClosed:
		return Unavailable
	}
	return Accepted
}

func (p *Play) keep(t *Token, want Want, c *call, a Answer, o Outcome) {
	p.Step(report.Step{
		Request: c.req.String(), Expected: p.expected(want), Actual: a.Text(o),
		Took: report.Duration(a.Received.Sub(a.Sent)), OK: p.met(t, want, a, o),
		Call: p.called(t, want, c, a, o),
	})
}

func (p *Play) expected(w Want) string {
	switch w {
	case WantRefused:
		return fmt.Sprintf("refused (%s)", listed(p.contract.Refusal.Statuses))
	case WantUnavailable:
		return fmt.Sprintf("unavailable (%s)", listed(p.contract.Outage))
	case WantClosed:
		return "refused or unavailable"
	case WantAny:
		return ""
	}
	return string(w)
}

func listed(s Statuses) string {
	text := ""
	for i, code := range s {
		if i > 0 {
			text += ", "
		}
		text += fmt.Sprint(code)
	}
	return text
}

func meets(want Want, o Outcome) bool {
	switch want {
	case WantAccepted:
		return o == Accepted
	case WantRefused:
		return o == Refused
	case WantNotAccepted:
		return o != Accepted && o != SomebodyElse && o != NoAnswer && !o.BeforeAuthentication()
	case WantUnavailable:
		return o == Unavailable
	case WantClosed:
		return o == Unavailable || o == Refused
	}
	return true
}

// met reports whether an answer is the wanted one. A status of 4xx that is no
// declared refusal is one nevertheless of what is not valid, and of a dead token
// that has come to its exp; unless it says that the request was not read.
func (p *Play) met(t *Token, want Want, a Answer, o Outcome) bool {
	switch {
	case o != Other:
	case want == WantNotAccepted && slices.Contains(turnedAway, a.Status):
		return false
	case want == WantRefused && a.Status >= 400 && !slices.Contains(turnedAway, a.Status) && p.RanOut(t):
		return true
	}
	return meets(want, o)
}

// verdict says what an answer that is not the wanted one amounts to.
func (p *Play) verdict(t *Token, want Want, a Answer, o Outcome) (stop, bool) {
	if p.met(t, want, a, o) {
		return stop{}, false
	}
	if s, broke := p.bare(a, "the call"); broke && t == nil {
		return s, true
	}
	switch {
	case p.ctx.Err() != nil:
		return stop{verdict: report.NotRun, why: "the run was interrupted"}, true
	case o == Other && want == WantNotAccepted:
		return stop{verdict: report.Inconclusive, why: fmt.Sprintf("%s was answered %d: the target did not read the request, so that it refused no token", t, a.Status)}, true
	case o.Silent():
		return stop{verdict: report.Inconclusive, why: fmt.Sprintf("%s says nothing about revocation: %s was expected%s", a.Text(o), p.expected(want), o.Hint(want == WantRefused && !p.contract.Refuses(a.Status)))}, true
	case want == WantAccepted && o == Refused && p.usedBefore(t):
		return stop{verdict: report.Inconclusive, why: fmt.Sprintf("%s was refused (%d) on its first call: a given token is good for one run, and may have been used before", t, a.Status)}, true
	case want == WantAccepted && o == Refused && a.OverLimit() && p.limitsEverybody():
		return stop{verdict: report.Inconclusive, why: fmt.Sprintf("%s was answered %d, and so is a token that was never issued: %s", t, a.Status, wire.ThrottledHint)}, true
	case want == WantAccepted && o == Refused && p.RanOut(t):
		return stop{verdict: report.Inconclusive, why: ranOutText(t, a)}, true
	case want == WantAccepted:
		return stop{verdict: report.Fail, why: p.overBlock(t, a, o)}, true
	}
	return stop{verdict: report.Fail, why: p.leak(t, want, a, o), leak: o == Accepted && p.Leaked(t, a)}, true
}

// usedBefore reports whether a token may have been used before the run: it was
// given, and has not been accepted yet.
func (p *Play) usedBefore(t *Token) bool {
	if t == nil || !t.given {
		return false
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	return !seenAlive(p.trail, t)
}

func (p *Play) overBlock(t *Token, a Answer, o Outcome) string {
	switch {
	case o == Refused && (t == nil || !p.EndedAt(t).IsZero()):
		return fmt.Sprintf("a call with %s was refused (%d) by a route that answers everyone", t, a.Status)
	case o == Refused:
		return fmt.Sprintf("a live token was refused (over-block): %s answered %d", t, a.Status)
	case o == SomebodyElse:
		return fmt.Sprintf("the answer (%d) names somebody else than %s's user", a.Status, t)
	}
	return fmt.Sprintf("%s is live, and the answer (%d) is neither a live token's nor a declared refusal", t, a.Status)
}

func (p *Play) leak(t *Token, want Want, a Answer, o Outcome) string {
	if o != Accepted && o != SomebodyElse {
		return fmt.Sprintf("%s was answered %d, which is no declared refusal (%s): refuse it with one of these, or add %d to refusal.statuses",
			t, a.Status, listed(p.contract.Refusal.Statuses), a.Status)
	}
	return fmt.Sprintf("%s was accepted (%d)%s", t, a.Status, p.since(t, a))
}

// since says how long after its logout a token was sent.
func (p *Play) since(t *Token, a Answer) string {
	if t == nil {
		return ""
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if t.of.ended.IsZero() {
		return ""
	}
	lag := a.Sent.Sub(t.of.ended)
	if p.Clock().Movable() {
		lag = max(lag, p.now().Sub(t.of.endedThere)) // what the clock was moved by has passed as well
	}
	if lag = lag.Round(10 * time.Microsecond); lag <= 0 {
		return " right after its logout was acknowledged"
	}
	if left, expires := p.Clock().Left(t); expires && left < 0 && !p.planning {
		return fmt.Sprintf(" %s after its exp, and %s after its logout was acknowledged", -left.Round(10*time.Millisecond), lag)
	}
	return fmt.Sprintf(" %s after its logout was acknowledged", lag)
}

// Send sends a request of the scenario's own making and returns the answer
// unjudged. It leaves no step: a scenario that sends many says what came of
// them with Step. In a dry run the answer is judged to be what is wanted.
func (p *Play) Send(r Request, want Outcome) Answer { return p.sender.Send(p.ctx, r, want) }

// Judge says what the answer to a call of a route with a token means. One that
// is about the subscription key stops the scenario: no token was looked at.
func (p *Play) Judge(r Route, t *Token, a Answer) Outcome {
	var user *User
	raw := ""
	if t != nil {
		user, raw = &t.user, t.Raw
	}
	o := wire.Judge(p.contract, r, user, a)
	if o == Refused && p.throttled(a, func() Answer { return p.Send(p.CanonicalRequest(r, raw), Refused) }) {
		o = Throttled
	}
	if o == Unsubscribed {
		p.Inconclusive("%s says nothing about revocation%s", a.Text(o), o.Hint(false))
	}
	return o
}

// OpenStream opens an answer that goes on, which its opener closes. There is none
// where the answer is no success, and in a dry run.
func (p *Play) OpenStream(r Request) (*wire.Stream, Answer) {
	if n, ok := p.sender.(*wire.Network); ok {
		return n.Open(p.ctx, r)
	}
	return nil, p.sender.Send(p.ctx, r, Accepted)
}
