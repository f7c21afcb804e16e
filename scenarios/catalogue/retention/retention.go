// Package retention holds the scenarios about how long a revocation is kept:
// as long as its token could be accepted, and no longer.
package retention

import "github.com/revocheck/revocheck/scenarios"

// Scenarios are those of the group.
func Scenarios() []scenarios.Scenario {
	return []scenarios.Scenario{
		untilExp, pastMinute, steadyUse, pastFiveMinutes, throughLeeway, days, longLife,
		noExp, farExp, nearExpiryLogout, lateLogout, otherLives, manyRevocations, entryDroppedAfterExp,
	}
}

// refs that all scenarios of the group have.
var refs = []string{"RFC 7009 section 2.1", "CWE-613", "OWASP ASVS 5.0 V7.4.1"}

// end sees a token alive, logs it out and leaves it alone.
func end(p *scenarios.Play, name string, opts ...scenarios.LoginOption) *scenarios.Token {
	t := p.Login("alice", name, opts...)
	p.Call(t, scenarios.WantAccepted)
	p.Logout(t, scenarios.Acknowledged)
	return t
}

// control sees a fresh token accepted, and the dead ones still refused.
func control(p *scenarios.Play, dead ...*scenarios.Token) {
	p.Call(p.Login("alice", "U"), scenarios.WantAccepted)
	for _, t := range dead {
		p.Call(t, scenarios.WantRefused)
	}
}
