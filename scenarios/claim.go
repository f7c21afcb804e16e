package scenarios

import (
	"github.com/revocheck/revocheck/report"
)

var eventOf = map[Capability]Event{
	SurvivesRestart: RestartEvent, SurvivesFailover: FailoverEvent, SurvivesEviction: EvictionEvent,
}

// claims reports whether the contract claims what the capability stands for.
func claims(c Contract, want Capability) bool {
	switch want {
	case PostureOpen:
		return c.Posture == Opened
	case PostureClosed:
		return c.Posture != Opened
	case VolatileStore:
		return !c.Outlives(RestartEvent)
	}
	event, ok := eventOf[want]
	return ok && c.Outlives(event)
}

// planClaim makes the contract of a plan claim a capability.
func planClaim(c *Contract, n Capability) {
	if event, ok := eventOf[n]; ok {
		c.Survives = append(c.Survives, event)
	}
	if n == PostureOpen {
		c.Posture = Opened
	}
}

// levelFor is the scenario's level for a target: what the target claims, it
// must keep.
func (s Scenario) levelFor(c Contract) report.Level {
	if s.MustIf != "" && claims(c, s.MustIf) {
		return report.Must
	}
	return s.Level
}
