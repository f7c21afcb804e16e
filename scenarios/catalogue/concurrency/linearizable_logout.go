package concurrency

import (
	"fmt"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

const (
	raceClients = 8
	raceTokens  = 20
	// raceRequests are sent in all, before every token is logged out.
	raceRequests = 800
	// raceLogouts: one request in so many is a logout.
	raceLogouts = 12
	// raceRounds share the tokens out where a logout ends all of a user's.
	raceRounds = 4
)

var linearizableLogout = scenarios.Scenario{
	ID:    "concurrency/linearizable-logout",
	Title: "Calls and logouts at once have one order that explains every answer",
	Level: report.Must,
	Requirement: "When many clients call and log out at once, each token must go from live to revoked at one instant between " +
		"the request and the acknowledgement of a logout, for all clients and replicas, and never back.",
	Refs: []string{"CWE-613", "CWE-362", "Herlihy and Wing, Linearizability, ACM TOPLAS 12(3), 1990"},
	Fix: "Acknowledge a logout only once every replica reads it; ask the shared store on every call, and refuse when it " +
		"cannot be asked.",
	Run: func(p *scenarios.Play) {
		rounds := raceRoundsOf(p)
		n, requests, ops := max(p.Sample(raceTokens)/rounds, 1), max(p.Sample(raceRequests)/rounds, 1), 0
		var dead *scenarios.Token
		for round := range rounds {
			r := newRace(p, n, round)
			r.run(requests)
			r.judge()
			dead, ops = r.tokens[0], ops+len(r.record.Operations())
		}
		p.Call(dead, scenarios.WantRefused)
		live := p.Login("alice", "U")
		p.Call(live, scenarios.WantAccepted)
		p.Call(dead, scenarios.WantRefused)
		p.Number("operations", float64(ops), "1", fmt.Sprintf("%d tokens, %d clients, %d replicas", n*rounds, raceClients, p.Replicas()))
	},
}

func raceRoundsOf(p *scenarios.Play) int {
	if p.Contract().Logout.Scope == scenarios.ScopeUser {
		return raceRounds
	}
	return 1
}
