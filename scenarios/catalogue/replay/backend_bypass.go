package replay

import (
	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

var backendBypass = scenarios.Scenario{
	ID:    "replay/backend-bypass",
	Title: "The backend serves nobody around the gateway",
	Level: report.Must,
	Requirement: "A call that goes to the backend itself, with a logged-out token or with none, must not be answered as the " +
		"gateway answers a live one.",
	Refs:  []string{"CWE-288", "CWE-613", "WSTG-ATHZ-02"},
	Needs: []scenarios.Capability{scenarios.Backend},
	Fix:   "Let the backend take calls from the gateway alone: a private network, mutual TLS, or a check of its own that asks the revocation store.",
	Run: func(p *scenarios.Play) {
		t := p.Login("alice", "T")
		p.Call(t, scenarios.WantAccepted)
		p.Logout(t, scenarios.Acknowledged)
		p.Call(t, scenarios.WantRefused)
		aroundTheGateway(p, t)
		live := p.Login("alice", "U")
		p.Call(live, scenarios.WantAccepted)
		p.Call(t, scenarios.WantRefused)
	},
}

// aroundTheGateway calls each route at the backend. That the backend cannot
// be reached is as good as a refusal.
func aroundTheGateway(p *scenarios.Play, t *scenarios.Token) {
	for _, route := range p.Contract().Routes {
		for _, raw := range []string{"", t.Raw} {
			req := p.CanonicalRequest(route, raw)
			req.Base = p.Backend()
			a := p.Send(req, scenarios.Other)
			if p.Judge(route, nil, a) == scenarios.Accepted { // whoever the backend takes it for
				seen := map[bool]report.Observable{true: report.StrangerAccepted, false: report.DeadAccepted}[raw == ""]
				p.FailAs(seen, report.Where{report.OnRoute: "the backend itself"}, "the backend itself answered %s with %s: %d", route, carrying(raw, t), a.Status)
			}
		}
	}
	p.Summary("each route at the backend itself, without a token and with the dead one", "not accepted", "not accepted",
		2*len(p.Contract().Routes), true)
}

func carrying(raw string, t *scenarios.Token) string {
	if raw == "" {
		return "no token at all"
	}
	return "the logged-out " + t.String()
}
