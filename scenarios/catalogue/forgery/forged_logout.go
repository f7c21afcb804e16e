package forgery

import (
	"slices"
	"time"

	"github.com/revocheck/revocheck/fixtures/attack/forgery"
	"github.com/revocheck/revocheck/scenarios"
)

var forgedLogout = scenario("forged-logout",
	"A forged logout ends nobody's session",
	"A logout with a token that is unsigned, tampered with or signed with another key, expired or not, must not end the session that it names, nor revive one that was ended.",
	"Verify the token at the logout as on every call, and revoke only after that.",
	func(p *scenarios.Play) {
		victim := p.Login("alice", "V")
		p.Call(victim, scenarios.WantAccepted)
		callExpired(p, victim)
		for _, f := range atLogout(p, victim.Raw) {
			p.Logout(p.Respell(victim, f.name, f.token), scenarios.Harmless)
			p.StillLiveAfter(victim, "a logout with a forged token ("+f.name+")", func() bool { return endsAnother(p, f.name) })
		}
		p.Call(victim, scenarios.WantAccepted)
		staysDead(p, victim)
	}, "RFC 7009 section 2.1", "CWE-400", "CWE-639")

// endsAnother sends a forged logout of that name for one more session, and
// reports whether it ends.
func endsAnother(p *scenarios.Play, name string) bool {
	other := p.Login("alice", "V2")
	p.Call(other, scenarios.WantAccepted)
	for _, f := range atLogout(p, other.Raw) {
		if f.name == name {
			p.Logout(p.Respell(other, f.name, f.token), scenarios.Harmless)
		}
	}
	return p.Judge(p.Contract().Routes[0], other, p.Call(other, scenarios.WantAny)) == scenarios.Refused
}

// staysDead ends the victim's session and sends the forged logouts again.
func staysDead(p *scenarios.Play, victim *scenarios.Token) {
	p.Logout(victim, scenarios.Acknowledged)
	p.Call(victim, scenarios.WantRefused)
	for _, f := range atLogout(p, victim.Raw) {
		p.Logout(p.Respell(victim, f.name, f.token), scenarios.Harmless)
		p.Call(victim, scenarios.WantRefused)
	}
	p.Call(p.Login("alice", "U"), scenarios.WantAccepted)
	p.Call(victim, scenarios.WantRefused)
}

// atLogout picks forgeries of every kind that names the victim.
func atLogout(p *scenarios.Play, token string) []fake {
	first := func(n int, list []forgery.Forgery) []forgery.Forgery { return list[:min(n, len(list))] }
	list := fakes(slices.Concat(
		first(2, forgery.AlgNone(token)), first(1, forgery.BlankSignature(token)), forgery.OtherKey(token),
		first(1, forgery.EmbeddedJWK(token)), first(2, forgery.KidInjection(token)),
		first(1, forgery.TamperedPayload(token)), first(2, forgery.TamperedSignature(token)),
	))
	return append(list, forgedExpired(p, token)...)
}

var expiredLogout = expired()

// older than a second is a session that a cut-off a second ago would end.
const older = 1200 * time.Millisecond

func expired() scenarios.Scenario {
	s := scenario("expired-logout",
		"An expired token ends nobody's session",
		"A logout with an expired token must not end a live session of its user.",
		"Check exp at the logout too, or end the expired token alone.",
		logOutExpired, "RFC 7009 section 2.1", "CWE-639")
	s.Needs = []scenarios.Capability{scenarios.Mint}
	return s
}

func logOutExpired(p *scenarios.Play) {
	victim := p.Login("alice", "V")
	p.Call(victim, scenarios.WantAccepted)
	issued, exp := p.Clock().Now().Add(-2*time.Hour).Unix(), p.Clock().Now().Add(-time.Hour).Unix()
	old := p.MintFrom(victim, "expired", changed(victim, map[string]any{"iat": issued, "nbf": issued, "exp": exp}))
	p.Call(old, scenarios.WantNotAccepted)
	p.Clock().Wait(older)
	p.Logout(old, scenarios.Harmless)
	p.StillLive(victim, "a logout with an expired token")
}
