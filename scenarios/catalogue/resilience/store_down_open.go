package resilience

import (
	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

var storeDownOpen = scenarios.Scenario{
	ID:    "resilience/store-down-open",
	Title: "A target of posture open serves calls without its store, and forgets nothing",
	Level: report.Must,
	Requirement: "A target that declares posture open must serve live tokens while its store is away, acknowledge no logout, " +
		"and refuse dead tokens as soon as the store is back.",
	Refs:    []string{"CWE-636", "CWE-613"},
	Needs:   []scenarios.Capability{scenarios.StoreFaults, scenarios.PostureOpen},
	Profile: scenarios.Full,
	Fix:     "Declare posture: closed if calls are not to be served without the store; else let them through, and ask the store again after a failure.",
	Run: func(p *scenarios.Play) {
		live, dead := alive(p, "L"), alive(p, "T")
		p.Logout(dead, scenarios.Acknowledged)
		p.Call(dead, scenarios.WantRefused)
		p.Store().Break()
		for replica := range p.Replicas() {
			served(p, live, replica)
		}
		exposed(p, dead)
		p.Logout(live, scenarios.NotAcknowledged)
		p.Store().Mend()
		fresh := p.Store().Recover("U", dead)
		p.CallEverywhere(dead, scenarios.WantRefused)
		p.Call(fresh, scenarios.WantAccepted)
		p.Call(dead, scenarios.WantRefused)
	},
}

// served stops the scenario if a live token is not served: the posture is not
// the declared one.
func served(p *scenarios.Play, t *scenarios.Token, replica int) {
	a := p.Call(t, scenarios.WantAny, scenarios.At(replica))
	if o := p.Judge(p.Contract().Routes[0], t, a); o != scenarios.Accepted && !p.Planning() {
		p.FailAs(report.LiveRefused, p.Store().Where(), "posture open is declared, and without its store the target answers a live token with %d (%s): it is closed", a.Status, o)
	}
}

// exposed says what the posture costs.
func exposed(p *scenarios.Play, dead *scenarios.Token) {
	accepted := 0
	for replica := range p.Replicas() {
		a := p.Call(dead, scenarios.WantAny, scenarios.At(replica))
		if p.Judge(p.Contract().Routes[0], dead, a) == scenarios.Accepted {
			accepted++
		}
	}
	p.Number("dead tokens served without the store", float64(accepted), "1", "of as many calls as there are replicas: what posture open costs")
}
