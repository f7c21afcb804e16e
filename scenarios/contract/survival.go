package contract

import (
	"slices"
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

// Outlives reports whether the target claims that its acknowledged logouts
// survive the event.
func (c Contract) Outlives(e Event) bool { return slices.Contains(c.Survives, e) }
