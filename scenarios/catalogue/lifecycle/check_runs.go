package lifecycle

import (
	"fmt"
	"strings"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

// checkRuns is all of profile canary: one session of one user, and nothing else that
// could disturb who uses the gateway meanwhile.
var checkRuns = scenarios.Scenario{
	ID:          "lifecycle/check-runs-everywhere",
	Title:       "The revocation check runs on every route and endpoint",
	Level:       report.Must,
	Requirement: "After its logout a token must be refused on every declared route of every endpoint, while a live one is accepted.",
	Refs:        []string{"CWE-613", "OWASP ASVS 5.0 V7.4.1"},
	Profile:     scenarios.Canary,
	Fix:         "See to it that the check is deployed where these calls went, and that it can reach the store that the logout writes to.",
	Run: func(p *scenarios.Play) {
		t := p.Login("alice", "T")
		each(p, func(r scenarios.Route, at int) { p.Call(t, scenarios.WantAccepted, scenarios.On(r), scenarios.At(at)) })
		p.Logout(t, scenarios.Acknowledged)
		p.Call(t, scenarios.WantRefused)
		var leaks []place
		each(p, func(r scenarios.Route, at int) {
			if (r.String() != p.Contract().Routes[0].String() || at > 0) && accepts(p, t, r, at) {
				leaks = append(leaks, place{r, at})
			}
		})
		if len(leaks) > 0 {
			failAt(p, t, leaks)
		}
		p.Call(p.Login("alice", "U"), scenarios.WantAccepted)
		p.Call(t, scenarios.WantRefused)
	},
}

// place is a route of an endpoint, counted from 0.
type place struct {
	route scenarios.Route
	at    int
}

func (l place) String() string { return fmt.Sprintf("%s at replica %d", l.route, l.at+1) }

func each(p *scenarios.Play, do func(r scenarios.Route, at int)) {
	for at := range p.Replicas() {
		for _, r := range p.Contract().Routes {
			do(r, at)
		}
	}
}

// accepts reports whether a dead token is accepted there. An answer that says
// nothing about it ends the scenario.
func accepts(p *scenarios.Play, t *scenarios.Token, r scenarios.Route, at int) bool {
	a := p.Call(t, scenarios.WantAny, scenarios.On(r), scenarios.At(at))
	if p.Planning() {
		return false
	}
	o := p.Judge(r, t, a)
	if o.Silent() {
		p.Inconclusive("%s says nothing about revocation: %s%s", a.Text(o), place{r, at}, o.Hint(false))
	}
	return o == scenarios.Accepted || o == scenarios.SomebodyElse
}

func failAt(p *scenarios.Play, t *scenarios.Token, leaks []place) {
	where := report.Where{}
	if first := leaks[0]; first.route.Path != p.Contract().Routes[0].Path {
		where[report.OnRoute] = first.route.Path
	} else if first.at > 0 {
		where[report.AtReplica] = fmt.Sprintf("replica %d", first.at+1)
	}
	var list []string
	for _, l := range leaks {
		list = append(list, l.String())
	}
	p.FailDead(t, where, list[0]+" accepted it", "%s was accepted after its logout: %s", t, strings.Join(list, ", "))
}
