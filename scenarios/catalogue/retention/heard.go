package retention

import "github.com/revocheck/revocheck/scenarios"

// heard is what became of a logout at every place.
type heard struct {
	// places are those that refused the token soon after its logout.
	places []scenarios.EntryPoint
	// leaks stop the scenario, each with an acceptance that was seen.
	leaks []func()
}

// hear asks every place, once the declared leak window has passed. On a real
// clock that would take from the token's life, and what has not heard by then is
// left out.
func hear(p *scenarios.Play, places []scenarios.EntryPoint, dead *scenarios.Token) heard {
	if p.Clock().Movable() {
		p.Propagate()
	}
	var h heard
	for _, at := range places {
		knows, leak := p.Knows(at, dead)
		if knows {
			h.places = append(h.places, at)
		}
		if leak != nil {
			h.leaks = append(h.leaks, leak)
		}
	}
	return h
}

// stillRefuse requires that no place has forgotten what it knew, for a
// connection that is there or a new one.
func (h heard) stillRefuse(p *scenarios.Play, dead ...*scenarios.Token) {
	if p.Clock().Movable() {
		p.Propagate() // what was logged out after it was heard
	}
	for _, t := range dead {
		for _, at := range h.places {
			p.CallThere(at, t, scenarios.WantRefused)
		}
		p.Call(t, scenarios.WantRefused, scenarios.Over(scenarios.NewConnection))
	}
}

// nothingLeaked stops the scenario with what was accepted when every place was
// asked. It comes last: that is more than the scenario waits for, and a leak all the same.
func (h heard) nothingLeaked() {
	for _, leak := range h.leaks {
		leak()
	}
}
