package retention

import "github.com/revocheck/revocheck/scenarios"

// heard are the places that refused a token soon after its logout. Those that
// did not are the business of other scenarios.
type heard []scenarios.EntryPoint

// hear asks every place, once the declared leak window has passed. On a real
// clock that would take from the token's life, and what has not heard by then is
// left out.
func hear(p *scenarios.Play, places []scenarios.EntryPoint, dead *scenarios.Token) heard {
	if p.Clock().Movable() {
		p.Propagate()
	}
	var list heard
	for _, at := range places {
		a := p.Call(dead, scenarios.WantAny, at.On()...)
		if p.Planning() || at.Judge(p, dead, a) == scenarios.Refused {
			list = append(list, at)
		}
	}
	return list
}

// stillRefuse requires that no place has forgotten what it knew, for a
// connection that is there or a new one.
func (h heard) stillRefuse(p *scenarios.Play, dead ...*scenarios.Token) {
	if p.Clock().Movable() {
		p.Propagate() // what was logged out after it was heard
	}
	for _, t := range dead {
		for _, at := range h {
			p.CallThere(at, t, scenarios.WantRefused)
		}
		p.Call(t, scenarios.WantRefused, scenarios.Over(scenarios.NewConnection))
	}
}
