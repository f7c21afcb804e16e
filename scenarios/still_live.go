package scenarios

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"strings"
	"time"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios/wire"
)

// StillLive requires that a live token still is, after what somebody else did.
func (p *Play) StillLive(victim *Token, after string) {
	p.StillLiveAfter(victim, after, func() bool { return true })
}

// StillLiveAfter is StillLive, where again does the same to another session and reports
// whether that one ends: a victim that fell while another does not may have
// fallen to something else.
func (p *Play) StillLiveAfter(victim *Token, after string, again func() bool) {
	a := p.Call(victim, WantAny)
	switch o := p.Judge(p.contract.Routes[0], victim, a); {
	case p.planning || o == Accepted:
	case o == Refused && p.RanOut(victim):
		p.Inconclusive("%s", ranOutText(victim, a))
	case o == Refused && !again():
		p.FailAs(report.LiveRefused, report.Where{report.AtTime: atTimes}, "a live token was refused (over-block): %s answered %d after %s, which did not end another session when it was tried again: "+
			"it may have fallen to somebody else's logout", victim, a.Status, after)
	case o == Refused:
		p.FailAs(report.LiveRefused, report.Where{report.AfterEvent: after}, "%s ended the session of %s: it is refused (%d)", after, victim, a.Status)
	default:
		p.Inconclusive("after %s, %s was answered %d: %s", after, victim, a.Status, o)
	}
}

// sure is how long before exp a target must still accept a token. Within it, as
// after exp, a refusal is no finding: targets count whole seconds and round
// them, and an answer takes its time.
const sure = time.Second / 2

// RanOut reports whether a token that was never logged out may be refused by
// now, because its exp is near or past.
func (p *Play) RanOut(t *Token) bool {
	if t == nil || p.planning {
		return false
	}
	left, ok := p.Clock().Left(t)
	return ok && left < sure+p.run.observed.Unsure
}

// ranOutText says that a token was too short-lived for the scenario.
func ranOutText(t *Token, a Answer) string {
	return fmt.Sprintf("%s was answered %d, and had come to its exp: it lives too short for the pace of this scenario; "+
		"let logins give a longer life, or see to limits.rate and limits.replays", t, a.Status)
}

// limitsEverybody reports whether the target turns a token that was never
// issued away like one over a limit. No logout can have counted against that
// token: the limit counts the suite's calls.
func (p *Play) limitsEverybody() bool {
	known := p.someToken()
	if known == nil || p.planning {
		return false
	}
	req := wire.CallOf(p.contract.Routes[0])
	req.Carry(p.contract.Carrier, neverIssued(known))
	return p.sender.Send(p.ctx, req, Refused).OverLimit()
}

// throttled reports whether a 429 that is declared as a refusal is for the number of
// calls, and not for what the request carries. Where its body does not say so,
// controls do: a token that is new, and the same request again.
func (p *Play) throttled(a Answer, again func() Answer) bool {
	if p.planning || !a.MayThrottle() || !p.contract.Refuses(a.Status) {
		return false
	}
	if _, own := p.run.refusals.Load(a.Shape()); own {
		return false
	}
	raw, limited := p.freshToken()
	switch {
	case raw == "" && !limited:
		return false // nothing to compare with
	case limited || p.alike(a, raw):
		made := p.someToken()
		return made == nil || p.alike(a, neverIssued(made))
	case again().Shape() != a.Shape():
		return true
	}
	p.run.refusals.Store(a.Shape(), true)
	return false
}

// freshToken logs in for a control, and says whether logins may be limited too.
func (p *Play) freshToken() (raw string, limited bool) {
	i := p.obtain(p.users[0], roles[0], login{})
	p.run.secret(i.raw)
	return i.raw, i.raw == "" && i.answer.MayThrottle()
}

// alike reports whether a plain call with a token gets the same answer.
func (p *Play) alike(a Answer, raw string) bool {
	req := wire.CallOf(p.contract.Routes[0])
	req.Carry(p.contract.Carrier, raw)
	return p.sender.Send(p.ctx, req, Refused).Shape() == a.Shape()
}

func (p *Play) someToken() *Token {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, e := range p.trail {
		if e.kind == issuedEvent {
			return e.token
		}
	}
	return nil
}

// neverIssued has the form of a token but shares with it nothing that a
// revocation could be keyed by.
func neverIssued(t *Token) string {
	claims := maps.Clone(t.Claims)
	for _, c := range []string{"jti", "uti", "sub", "oid", "sid"} {
		claims[c] = rand.Text()
	}
	delete(claims, "iat")
	_, rest, _ := strings.Cut(t.Raw, ".")
	_, signature, _ := strings.Cut(rest, ".")
	noise := make([]byte, base64.RawURLEncoding.DecodedLen(len(signature)))
	_, _ = rand.Read(noise) // never fails
	head, _, _ := strings.Cut(t.Raw, ".")
	body, err := json.Marshal(claims)
	if err != nil { // they came out of JSON
		panic(err)
	}
	return head + "." + base64.RawURLEncoding.EncodeToString(body) + "." + base64.RawURLEncoding.EncodeToString(noise)
}

// Leaked reports whether the acceptance of a token is a leak that nothing excuses:
// the call was sent after the token's logout had been acknowledged and the
// declared window had passed, before its exp less what is not known of the target's
// clock, and nothing was done to the store.
func (p *Play) Leaked(t *Token, a Answer) bool {
	if t == nil || p.planning {
		return false
	}
	p.mu.Lock()
	ended, there, troubled := t.of.ended, t.of.endedThere, p.storeState != ""
	p.mu.Unlock()
	if ended.IsZero() || troubled {
		return false
	}
	since := a.Sent.Sub(ended)
	if p.Clock().Movable() {
		since = max(since, p.now().Sub(there))
	}
	left, expires := p.Clock().Left(t)
	return since > p.contract.LeakWindow && (!expires || left > p.Clock().Guard())
}

// SendMalformed sends a request that a firewall may take for an attack, and end the
// connection instead of answering: that is no acceptance, if it happens again
// and a call without a token is still answered.
func (p *Play) SendMalformed(r Request, want Outcome) Answer {
	a := p.Send(r, want)
	if !wire.Dropped(a.Err) {
		return a
	}
	if a = p.Send(r, want); wire.Dropped(a.Err) {
		plain := p.Send(p.CanonicalRequest(p.contract.Routes[0], ""), Refused)
		a.HungUp = plain.Err == nil
	}
	return a
}
