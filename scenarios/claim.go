package scenarios

import (
	"fmt"
	"slices"

	"github.com/revocheck/revocheck/report"
)

// The postures of a target while its store cannot be asked.
const (
	Closed = "closed" // it serves no call
	Opened = "open"   // it serves every call
)

// Event is something that happens to a store, which a target may claim that
// its acknowledged logouts survive.
type Event string

// The events.
const (
	RestartEvent  Event = "restart"  // the store crashes and starts again
	FailoverEvent Event = "failover" // its stand-in takes over
	EvictionEvent Event = "eviction" // its memory is used up
)

var eventOf = map[Capability]Event{
	SurvivesRestart: RestartEvent, SurvivesFailover: FailoverEvent, SurvivesEviction: EvictionEvent,
}

func (c Contract) survives(e Event) bool { return slices.Contains(c.Survives, e) }

// claims reports whether the contract claims what the capability stands for.
func (c Contract) claims(want Capability) bool {
	switch want {
	case PostureOpen:
		return c.Posture == Opened
	case PostureClosed:
		return c.Posture != Opened
	case VolatileStore:
		return !c.survives(RestartEvent)
	}
	event, ok := eventOf[want]
	return ok && c.survives(event)
}

// planClaim makes the contract of a plan claim a capability.
func (c *Contract) planClaim(n Capability) {
	if event, ok := eventOf[n]; ok {
		c.Survives = append(c.Survives, event)
	}
	if n == PostureOpen {
		c.Posture = Opened
	}
}

func (c Contract) checkClaims(p *problems) {
	for i, e := range c.Survives {
		known := oneOf(string(e), string(RestartEvent), string(FailoverEvent), string(EvictionEvent))
		p.add(!known, fmt.Sprintf("$.survives[%d]", i), "%q is neither restart, failover nor eviction", e)
	}
}

// levelFor is the scenario's level for a target: what the target claims, it
// must keep.
func (s Scenario) levelFor(c Contract) report.Level {
	if s.MustIf != "" && c.claims(s.MustIf) {
		return report.Must
	}
	return s.Level
}
