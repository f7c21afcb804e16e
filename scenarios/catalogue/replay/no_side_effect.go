package replay

import (
	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

var noSideEffect = scenarios.Scenario{
	ID:          "replay/no-side-effect",
	Title:       "A refused call never reaches the backend",
	Level:       report.Must,
	Requirement: "A call with a logged-out token must be refused before it reaches the backend, on every route.",
	Refs:        []string{"CWE-613", "CWE-696"},
	Needs:       []scenarios.Capability{scenarios.Hits},
	Alone:       true,
	Fix:         "Ask the store before the request is forwarded, not while the answer comes back.",
	Run: func(p *scenarios.Play) {
		t := p.Login("alice", "T")
		routes := counted(p, t)
		p.Logout(t, scenarios.Acknowledged)
		p.MarkHits()
		refusedUnseen(p, t, routes)
		live := p.Login("alice", "U")
		p.MarkHits()
		p.Call(live, scenarios.WantAccepted)
		p.MoreHits()
		refusedUnseen(p, t, routes)
	},
}

// looksAtLag is how often it is seen how late the counter counts: once may be
// by luck, or the late hit of another scenario.
const looksAtLag = 3

// counted are the routes whose calls the counter counts: the first, or the
// scenario says nothing, and what others there are.
func counted(p *scenarios.Play, t *scenarios.Token) []scenarios.Route {
	all := p.Contract().Routes
	p.Repeat(looksAtLag, func(int) {
		p.MarkHits()
		p.Call(t, scenarios.WantAccepted)
		p.MoreHits()
	})
	list := all[:1:1]
	for _, r := range all[1:] {
		p.MarkHits()
		p.Call(t, scenarios.WantAccepted, scenarios.On(r))
		if p.HitsMoved() {
			list = append(list, r)
		} else {
			p.Note("left out, because calls of it are not counted: %s", r)
		}
	}
	return list
}

// refusedUnseen calls the routes with a dead token while the counter stands.
func refusedUnseen(p *scenarios.Play, t *scenarios.Token, routes []scenarios.Route) {
	for _, r := range routes {
		p.MarkHits()
		p.Call(t, scenarios.WantRefused, scenarios.On(r))
		p.Call(t, scenarios.WantRefused, scenarios.On(r), scenarios.Over(scenarios.NewConnection))
		p.SameHits()
	}
}
