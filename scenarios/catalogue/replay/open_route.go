package replay

import (
	"maps"
	"slices"
	"strings"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

var openRoute = scenarios.Scenario{
	ID:          "replay/open-route",
	Title:       "An open route does not know who sends a dead token",
	Level:       report.Must,
	Requirement: "What an open route tells the holder of a valid token alone, it must not tell the holder of a logged-out one.",
	Refs:        []string{"CWE-613", "CWE-200", "OWASP ASVS 5.0 V7.4.1"},
	Needs:       []scenarios.Capability{scenarios.OpenRoute},
	Fix:         "Check revocation before an open route greets a user by a token, and answer a dead one as none.",
	Run: func(p *scenarios.Play) {
		t, other := p.Login("alice", "T"), p.Login("alice", "L")
		p.Call(t, scenarios.WantAccepted)
		var routes []greeting
		for _, r := range p.Contract().OpenRoutes {
			routes = append(routes, greeting{r, personal(p, r, t, other)})
		}
		p.Logout(t, scenarios.Acknowledged)
		p.Call(t, scenarios.WantRefused)
		notGreeted(p, routes, t)
		p.Call(p.Login("alice", "U"), scenarios.WantAccepted)
		p.Call(t, scenarios.WantRefused)
		notGreeted(p, routes, t)
	},
}

// greeting is what an open route says to a user whom it knows.
type greeting struct {
	route scenarios.Route
	parts parts
}

// personal are the parts of an answer that two live tokens of a user get each
// time, and neither who sends no token nor who sends one that does not verify.
func personal(p *scenarios.Play, r scenarios.Route, t, other *scenarios.Token) parts {
	none, forged := ask(p, r, ""), ask(p, r, p.Respell(t, "X", scenarios.TamperedSignature(t.Raw)).Raw)
	mine := ask(p, r, t.Raw).and(ask(p, r, other.Raw)).and(ask(p, r, t.Raw))
	return mine.without(none).without(forged).without(ask(p, r, ""))
}

// notGreeted asks for none between two answers to the dead token: what changes
// with the time is in both of these and not in that one by no chance.
func notGreeted(p *scenarios.Play, routes []greeting, t *scenarios.Token) {
	for _, g := range routes {
		first := ask(p, g.route, t.Raw)
		none := ask(p, g.route, "")
		leaks := g.parts.and(first).and(ask(p, g.route, t.Raw)).without(none)
		if len(leaks) > 0 {
			where, _, _ := strings.Cut(slices.Min(slices.Collect(maps.Keys(leaks))), "=")
			p.Summary(g.route.String()+" with the dead token", "answered as without a token", "answered as with a live one", 1, false)
			p.FailDead(t, report.Where{report.OnRoute: "the open route " + g.route.Path}, "the open route knows it", "the logged-out %s is still known at the open route %s: %d of %d parts of the answer that only a valid token gets, the first at %s", t, g.route, len(leaks), len(g.parts), where)
		}
		p.Summary(g.route.String()+" with the dead token", "nothing that is for a valid token alone", "nothing of that", 2, true)
	}
}

func ask(p *scenarios.Play, r scenarios.Route, raw string) parts {
	return partsOf(p.Send(p.CanonicalRequest(r, raw), scenarios.Accepted).Body)
}
