package scenarios

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"time"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios/token"
	"github.com/revocheck/revocheck/scenarios/wire"
)

// Token is one token in a scenario. Its string is at hand for scenarios that
// respell it, and goes nowhere else.
type Token struct {
	// Name that the scenario gave it.
	Name string
	token.JWT
	user User
	// session is what its login or its refresh gave beside it.
	session wire.Session
	given   bool // obtained beforehand, and perhaps used before
	// asked and answered are when its login was, by the target's clock.
	asked, answered time.Time
	// of is the token whose life this one shares: itself, or the one it was
	// copied, respelled or forged from.
	of *Token
	// from is the token whose claims this one was signed with, if any.
	from *Token
	// ended is when the logout of the token that others are of was
	// acknowledged.
	ended time.Time
	// endedThere is the same by the target's clock, which may be moved.
	endedThere time.Time
	life       life // of the token that others are of
}

// String is the token's name and fingerprint: all that a report may say.
func (t *Token) String() string {
	if t == nil {
		return "no token"
	}
	return t.Name + "#" + report.Fingerprint(t.Raw)
}

// minted reports whether the suite has signed the token.
func (t *Token) minted() bool { return t != nil && t.of.from != nil }

// issued reports whether the target issued the token as it stands.
func (t *Token) issued() bool { return t.Raw == t.of.Raw && !t.minted() }

func (t *Token) name() string {
	if t == nil {
		return "a call without a token"
	}
	return t.Name
}

func parseToken(raw string) (*Token, error) {
	jwt, err := token.Parse(raw)
	if err != nil {
		return nil, err
	}
	t := &Token{JWT: jwt}
	t.of = t
	return t, nil
}

// derive makes another string that shares the token's life.
func (t *Token) derive(name, raw string) *Token {
	d := *t
	d.Name, d.Raw, d.of = name, raw, t.of
	return &d
}

// TamperedSignature is a token whose signature does not verify.
func TamperedSignature(raw string) string { return token.TamperSignature(raw) }

// TamperedClaims is a token whose claims were changed in the middle, so that its
// signature does not verify.
func TamperedClaims(raw string) string { return token.TamperClaims(raw) }

// Copy gives a token a second name: the thief's copy, the same string.
func (p *Play) Copy(t *Token, name string) *Token { return t.derive(name, t.Raw) }

// Respell makes a token of another string that shares t's life.
func (p *Play) Respell(t *Token, name, raw string) *Token {
	p.run.secret(raw)
	return t.derive(name, raw)
}

// MintFrom signs a token with the claims of t, changed. A nil value drops a
// claim. The new token has a life of its own.
func (p *Play) MintFrom(t *Token, name string, change map[string]any) *Token {
	return p.MintWith(t, name, change, nil)
}

// MintWith is MintFrom with fields of the header as well, of which a nil value
// drops one that the issuer writes. A claim that is null is not one that is
// missing: json.RawMessage("null") writes it.
func (p *Play) MintWith(t *Token, name string, change, header map[string]any) *Token {
	claims := map[string]any{}
	for claim, value := range t.Claims {
		if value == nil {
			value = json.RawMessage("null") // as it was issued
		}
		claims[claim] = value
	}
	maps.Copy(claims, change)
	raw, err := p.instance.Powers.Mint(claims, header)
	if err != nil {
		p.Broken("a token could not be signed: %v", err)
	}
	p.run.secret(raw)
	m, err := parseToken(raw)
	if err != nil {
		p.Broken("the signed token cannot be read: %v", err)
	}
	for claim, value := range change {
		if _, there := m.Claims[claim]; there && value == nil {
			p.Broken("the signed token has %s: null, and it is to have none: Powers.Mint leaves out what is nil", claim)
		}
	}
	m.Name, m.user, m.from = name, t.user, t
	p.Step(report.Step{Text: cmp.Or(p.text, "sign a token"), Actual: fmt.Sprintf("%s with the claims of %s, changed", m, t), OK: true})
	return m
}

// MustTake stops the scenario at a target that keeps a list of what it issued:
// there a token that the suite signs is refused whatever it claims. own differs
// from an issued token in its jti alone.
func (p *Play) MustTake(own *Token) {
	a := p.Call(own, WantAny)
	if !p.planning && p.Judge(p.contract.Routes[0], own, a) != Accepted {
		p.Undeclared(SignedOutside, "a token that differs from an issued one in its jti alone is answered %d: the target takes only what it issued itself", a.Status)
	}
}

// startedReplica is an event after which a replica knows what is kept outside it alone.
const startedReplica = "the start of a replica"

// Grow adds a replica and returns its number, from 0.
func (p *Play) Grow() int {
	url, err := p.instance.Powers.AddReplica()
	if err != nil {
		p.Broken("no replica could be added: %v", err)
	}
	p.happens(startedReplica)
	p.Step(report.Step{Text: cmp.Or(p.text, "add a replica"), Actual: "added", OK: true})
	return p.instance.addEndpoint(url)
}

// RestartReplica restarts a replica, counted from 0.
func (p *Play) RestartReplica(i int) {
	p.happens(startedReplica)
	p.power(fmt.Sprintf("restart replica %d", i+1), func() error { return p.instance.Powers.Restart(i) })
}

func (p *Play) power(what string, use func() error) {
	if use == nil {
		p.NotRun("the suite cannot %s at this target", what)
	}
	if err := use(); err != nil {
		p.Broken("the suite could not %s: %v", what, err)
	}
	p.Step(report.Step{Text: cmp.Or(p.text, what), Actual: "done", OK: true})
}
