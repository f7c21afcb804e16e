package concurrency

import (
	"fmt"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

const (
	// pairs of users who call and leave at once.
	pairs = 10
	// callsEach is how often each client calls in a round.
	callsEach = 2
)

var twoUsersAtOnce = scenarios.Scenario{
	ID:          "concurrency/two-users-at-once",
	Title:       "Two users at once do not get into each other's way",
	Level:       report.Must,
	Requirement: "When two users call at once, each must be answered for itself; when both log out at once, both must be out.",
	Refs:        []string{"CWE-362", "CWE-488", "CWE-613"},
	Needs:       []scenarios.Capability{scenarios.TwoUsers},
	Fix: "Keep nothing of a request where another one finds it, and write each revocation in one atomic step: who reads the whole list, adds to it " +
		"and writes it back loses what was added meanwhile.",
	Run: func(p *scenarios.Play) {
		var dead []*scenarios.Token
		n := p.RepeatLogins(p.SampleOfLogins(pairs), 0.8, func(i int) { dead = append(dead, both(p, i)...) })
		for _, t := range dead {
			p.CallOnce(t, scenarios.WantRefused)
		}
		last := dead[len(dead)-1]
		p.Call(last, scenarios.WantRefused)
		p.Call(p.Login("alice", "U"), scenarios.WantAccepted)
		p.Call(p.Login("bob", "V"), scenarios.WantAccepted)
		p.Call(last, scenarios.WantRefused)
		p.Bound("rate of lost logouts", 2*n, fmt.Sprintf("%d pairs of logouts at once, none lost", n))
	},
}

// both has two users call at once and then log out at once.
func both(p *scenarios.Play, round int) []*scenarios.Token {
	tokens := []*scenarios.Token{p.Login("alice", fmt.Sprintf("A%d", round+1)), p.Login("bob", fmt.Sprintf("B%d", round+1))}
	for _, t := range tokens {
		p.Call(t, scenarios.WantAccepted)
	}
	p.Parallel(clients, func(i int) {
		for range callsEach {
			p.CallOnce(tokens[i%2], scenarios.WantAccepted)
		}
	})
	p.Parallel(len(tokens), func(i int) { p.Logout(tokens[i], scenarios.Acknowledged) })
	for _, t := range tokens {
		p.CallOnce(t, scenarios.WantRefused)
	}
	return tokens
}
