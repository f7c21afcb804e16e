package isolation

import (
	"fmt"
	"time"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

// sessions of one user, half of them begun a second after the others.
const sessions = 30

var allSessionsEnded = scenarios.Scenario{
	ID:          "isolation/all-sessions-ended",
	Title:       "A logout that ends a user's sessions ends all of them",
	Level:       report.Must,
	Requirement: "Where a logout ends all of a user's sessions, it must end the oldest and the newest of many, whichever of them logs out, at whichever replica they were begun, and whether or not they were used.",
	Refs:        []string{"CWE-613", "OWASP ASVS 5.0 V7.4.3"},
	Needs:       []scenarios.Capability{scenarios.ScopeAll},
	Fix:         "Move the user's cut-off to the time of the logout, not to the iat of the token that was shown; do not end sessions by a list that may lack some.",
	Run: func(p *scenarios.Play) {
		endAll(p, "oldest", 0.2)
		endAll(p, "newest", 0.6)
	},
}

// endAll begins many sessions of a user and logs one of them out. Where logins
// have to be waited for, that share of the longest wait is for half of them.
func endAll(p *scenarios.Play, leaving string, share float64) {
	n := max(p.Sample(sessions)/2, 2)
	tokens := begin(p, n, leaving+"A", share)
	p.Clock().Wait(1100 * time.Millisecond)
	tokens = append(tokens, begin(p, n, leaving+"B", share+0.2)...)
	shown := tokens[0]
	if leaving == "newest" {
		shown = tokens[len(tokens)-1]
	}
	p.Call(shown, scenarios.WantAccepted)
	p.Logout(shown, scenarios.Acknowledged)
	p.Call(shown, scenarios.WantRefused)
	refuseAll(p, tokens, leaving)
	p.Call(p.Login("alice", "U"), scenarios.WantAccepted)
	p.Call(shown, scenarios.WantRefused)
	refuseAll(p, tokens, leaving)
}

// begin logs a user in many times, at all replicas in turn, and uses two of
// three sessions.
func begin(p *scenarios.Play, n int, name string, share float64) []*scenarios.Token {
	tokens := make([]*scenarios.Token, n)
	n = p.RepeatLogins(n, share, func(i int) {
		tokens[i] = p.Login("alice", fmt.Sprintf("%s%d", name, i+1), scenarios.LoginAt(i%p.Replicas()))
		if i%3 < 2 {
			p.CallOnce(tokens[i], scenarios.WantAccepted)
		}
	})
	return tokens[:n]
}

func refuseAll(p *scenarios.Play, tokens []*scenarios.Token, leaving string) {
	for _, t := range tokens {
		p.CallOnce(t, scenarios.WantRefused)
	}
	p.Summary(fmt.Sprintf("all sessions, after the logout of the %s", leaving), "refused", "refused", len(tokens), true)
}
