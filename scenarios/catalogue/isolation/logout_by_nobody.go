package isolation

import (
	"fmt"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

var logoutByNobody = scenarios.Scenario{
	ID:          "isolation/logout-by-nobody",
	Title:       "A logout without a token ends nobody whom it names",
	Level:       report.Must,
	Requirement: "A logout that carries no token and names a user, or the jti of their token, in the query, a form, JSON or a header must not end their session.",
	Refs:        []string{"RFC 7009 section 2.1", "CWE-306", "CWE-639"},
	Alone:       true,
	Fix:         "Refuse a logout without a token (or a session of the caller's own), and take no user, session or jti from the rest of the request.",
	Run: func(p *scenarios.Play) {
		victim := p.Login("alice", "V")
		p.Call(victim, scenarios.WantAccepted)
		for _, way := range waysToName(p, victim) {
			req := p.LogoutRequest(nil)
			way.name(&req)
			a := p.Send(req, scenarios.Refused)
			p.StillLive(victim, fmt.Sprintf("a logout without a token (%d) that names alice in %s", a.Status, way.where))
		}
		p.Call(victim, scenarios.WantAccepted)
	},
}
