package respelling

import (
	"fmt"
	"strings"
	"time"

	"github.com/revocheck/revocheck/fixtures/attack/spelling"
	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

// logouts bounds how many spellings are tried at the logout of a target whose
// clock cannot move, and which is thus likely to be somewhere else.
const logouts = 4

func play(p *scenarios.Play, family spelling.Family) {
	form{p: p, family: family, write: ofFamily(family), route: p.Contract().Routes[0]}.play()
}

// play tries a family in both directions: a logout of the token as issued and
// a replay of each spelling, then the other way round with a token for each.
func (f form) play() {
	p := f.p
	t := f.spellable(p.Login("alice", "T"))
	f.live = p.Call(t, scenarios.WantAccepted).Status
	f.mustSpell(t)
	f.mustDiscriminate(t)
	names := f.accepted(t)
	p.Logout(t, scenarios.Acknowledged)
	p.Call(t, scenarios.WantRefused)
	f.replay(t, names)
	dead := []*scenarios.Token{t}
	if !f.aside {
		dead = append(f.logOutByEach(names, t), t)
	}
	control := f.login("U", t)
	p.Call(control, scenarios.WantAccepted)
	for _, d := range dead {
		p.Call(d, scenarios.WantRefused)
	}
	f.replay(t, names)
}

// login gives another token than the last one. Where only claims tell tokens
// apart, two without jti of the same second are the same token, though a random
// signature makes their texts differ.
func (f form) login(name string, last *scenarios.Token) *scenarios.Token {
	if last.Claims["jti"] == nil {
		f.p.Clock().Wait(1100 * time.Millisecond)
	}
	return f.p.Login("alice", name)
}

// spellable logs in again until the token has a spelling of a family that not
// every token has: one signature in four has no character of the alphabets'
// two that differ.
func (f form) spellable(t *scenarios.Token) *scenarios.Token {
	const tries = 8
	for range tries {
		if f.family != spelling.FamilyStandardAlphabet || f.p.Planning() || spelling.Absent(t.Raw, f.family) == "" {
			break
		}
		t = f.login(t.Name, t)
	}
	return t
}

// mustSpell stops the scenario where there is nothing to try: the token has no
// such spelling, or the carrier takes none.
func (f form) mustSpell(t *scenarios.Token) {
	made, why := f.write(t.Raw)
	if f.p.Planning() || len(f.fitting(made)) > 0 {
		return
	}
	if why == "" {
		why = fmt.Sprintf("none of the %d can travel in the target's carrier (%s)", len(made), f.p.Contract().Carrier.In)
	}
	f.p.Undeclared(needOf(f.family), "no such spelling was tried: %s", why)
}

// mustDiscriminate stops the scenario where no token at all is answered like
// a live one.
func (f form) mustDiscriminate(t *scenarios.Token) {
	none := f.p.Send(f.p.CanonicalRequest(f.route, ""), scenarios.Refused)
	if f.same(t, none) {
		f.p.NotRun("%s answers a call without a token like one with a live token: no spelling can be told from none", f.route)
	}
}

// accepted gives the names of the spellings that the target accepts of a live
// token, and notes those that it does not.
func (f form) accepted(t *scenarios.Token) []string {
	var yes, no []string
	for _, s := range f.spellings(t) {
		if f.same(t, f.send(s, scenarios.Refused)) {
			yes = append(yes, s.Name)
		} else {
			no = append(no, s.Name)
		}
	}
	if len(yes) > 0 {
		f.p.Observe("a live token is accepted when spelled as %s", strings.Join(yes, ", "))
	}
	f.note("not accepted", no)
	f.p.Summary("the live token in each spelling", "", fmt.Sprintf("%d accepted, %d not", len(yes), len(no)), len(yes)+len(no), true)
	return yes
}

func (f form) note(what string, names []string) {
	if len(names) > 0 {
		f.p.Note("%s: %s", what, strings.Join(names, ", "))
	}
}

// replay sends a dead token in each spelling.
func (f form) replay(t *scenarios.Token, names []string) {
	var leaks []spelling.Spelling
	for _, name := range names {
		if s, ok := f.find(t, name); ok && f.same(t, f.send(s, scenarios.Refused)) {
			leaks = append(leaks, s)
		}
	}
	f.p.Summary("the dead token in each accepted spelling", "not accepted", fmt.Sprintf("%d accepted", len(leaks)), len(names), len(leaks) == 0)
	if len(leaks) == 0 {
		return
	}
	blame, why := f.p.Blame(f.oddity(t, leaks[0]))
	fix := ""
	if blame == scenarios.This {
		why, fix = f.cause(leaks[0], t)
	}
	f.p.FailByFix(fix, blame, t, report.Where{report.InSpelling: leaks[0].Name}, "%s was accepted after its logout when spelled as %s%s%s", t, leaks[0].Name, others(leaks), why)
}

// oddity is a spelling as the suspected cause of a leak.
func (f form) oddity(t *scenarios.Token, s spelling.Spelling) scenarios.Oddity {
	tamper := scenarios.TamperedSignature
	if f.family == spelling.FamilyTruncatedSignature {
		tamper = scenarios.TamperedClaims // what is cut off may be what was tampered with
	}
	forged := f.p.Respell(t, "forged", tamper(t.Raw))
	return scenarios.Oddity{
		With:    func() bool { return f.same(t, f.send(s, scenarios.Refused)) },
		Without: func() bool { return f.same(t, f.p.Send(f.p.CanonicalRequest(f.route, t.Raw), scenarios.Refused)) },
		Forged: func() bool {
			s, ok := f.find(forged, s.Name)
			return ok && f.same(t, f.send(s, scenarios.Refused))
		},
	}
}

// implied says what the revocation must be keyed by for a spelling to pass, and
// how to mend that.
func implied(hint spelling.KeyHint) (why, fix string) {
	return fmt.Sprintf(": the revocation seems to be keyed by the %s", hint), hint.Fix()
}

func others(leaks []spelling.Spelling) string {
	if n := len(leaks) - 1; n > 0 {
		return fmt.Sprintf(" (and %d other spellings)", n)
	}
	return ""
}

// cause says why a spelling of the dead token t passes: a key of the text knows
// a token that was logged out in that very spelling, a check that is skipped
// does not.
func (f form) cause(s spelling.Spelling, t *scenarios.Token) (why, fix string) {
	if f.skipped(s.Name, t) {
		return ": so is a token that was logged out in that very spelling, so that the check seems to be skipped for it",
			"Find the token in one place of the code, for all spellings that are accepted, and check revocation on what was found."
	}
	return implied(s.KeyHint)
}

// skipped logs another token out in a spelling and reports whether it is still
// accepted so.
func (f form) skipped(name string, last *scenarios.Token) bool {
	if f.p.HasGiven() {
		return false // another token than was foreseen is not to be had
	}
	t := f.spellable(f.login("W", last))
	s, ok := f.find(t, name)
	if !ok || !f.same(t, f.send(s, scenarios.Accepted)) {
		return false
	}
	a := f.p.Send(f.logoutRequest(t, s), scenarios.Accepted)
	if !f.p.LogoutAcknowledged(a) {
		return false
	}
	f.p.Ended(t, a)
	f.p.AwaitPropagation()
	return f.same(t, f.send(s, scenarios.Refused))
}

// logOutByEach logs a fresh token out in each spelling and requires that the
// token as issued is dead. It gives the tokens that were ended.
func (f form) logOutByEach(names []string, last *scenarios.Token) []*scenarios.Token {
	if !f.p.Clock().Movable() && len(names) > logouts {
		f.p.Note("%d of %d accepted spellings were tried at the logout", logouts, len(names))
		names = names[:logouts]
	}
	var dead []*scenarios.Token
	plain := last
	for i, name := range names {
		t := f.spellable(f.login(fmt.Sprintf("V%d", i+1), last))
		last = t
		f.p.Call(t, scenarios.WantAccepted)
		if s, ok := f.find(t, name); ok && f.logOut(t, s, plain) {
			f.p.Call(t, scenarios.WantRefused)
			dead = append(dead, t)
		}
	}
	return dead
}

// logOut logs a token out in a spelling that is accepted of it; false if that
// is not acknowledged. The token plain was logged out as issued.
func (f form) logOut(t *scenarios.Token, s spelling.Spelling, plain *scenarios.Token) bool {
	if !f.same(t, f.send(s, scenarios.Accepted)) {
		return false
	}
	a := f.p.Send(f.logoutRequest(t, s), scenarios.Accepted)
	if !f.p.LogoutAcknowledged(a) {
		f.p.Note("%s: not taken at the logout (%d)", s.Name, a.Status)
		return false
	}
	f.p.Ended(t, a)
	f.p.Summary("log "+t.String()+" out, spelled as "+s.Name, "", "acknowledged", 1, true)
	f.p.AwaitPropagation()
	lives := func(t *scenarios.Token) bool {
		return f.same(t, f.p.Send(f.p.CanonicalRequest(f.route, t.Raw), scenarios.Refused))
	}
	if lives(t) {
		blame, why := f.p.Blame(scenarios.Oddity{With: func() bool { return lives(t) }, Without: func() bool { return lives(plain) }})
		fix := ""
		if blame == scenarios.This {
			why, fix = implied(s.KeyHint)
		}
		f.p.FailByFix(fix, blame, t, report.Where{report.InSpelling: s.Name}, "%s was accepted as issued after it was logged out when spelled as %s%s", t, s.Name, why)
	}
	return true
}
