package session

import (
	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

var everyUser = scenarios.Scenario{
	ID:          "session/every-user",
	Title:       "A logout works for every user",
	Level:       report.Must,
	Requirement: "The logout of each declared user must end that user's token, and nobody else's.",
	Refs:        append([]string{"RFC 7009 section 2.1"}, refs...),
	Needs:       []scenarios.Capability{scenarios.TwoUsers},
	AllUsers:    true,
	Fix:         "Let a logout treat all users alike: look for what the user who is named here has and the others have not, such as a role, a tenant, a shard or a provider of its own.",
	Run: func(p *scenarios.Play) {
		tokens := make([]*scenarios.Token, p.Sample(p.Users()))
		for i := range tokens {
			tokens[i] = p.LoginUser(i)
			p.Call(tokens[i], scenarios.WantAccepted)
		}
		for i, t := range tokens {
			p.Logout(t, scenarios.Acknowledged)
			p.Call(t, scenarios.WantRefused)
			for _, other := range tokens[i+1:] {
				p.Call(other, scenarios.WantAccepted)
			}
		}
		p.Call(p.LoginUser(0), scenarios.WantAccepted)
		for _, t := range tokens {
			p.Call(t, scenarios.WantRefused)
		}
	},
}
