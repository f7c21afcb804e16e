package retention

import "github.com/revocheck/revocheck/scenarios"

// heard are the replicas that refused a token soon after its logout. Those
// that did not hear of it are the business of other scenarios.
type heard []int

// hear asks every replica, once the declared leak window has passed. On a real
// clock that would take from the token's life, and only a target without such
// a window is asked.
func hear(p *scenarios.Play, t *scenarios.Token) heard {
	if p.Contract().LeakWindow > 0 && !p.Movable() {
		return nil
	}
	p.Propagate()
	var list heard
	for replica := 1; replica < p.Replicas(); replica++ {
		a := p.Call(t, scenarios.WantAny, scenarios.At(replica))
		if p.Planning() || p.Judge(p.Contract().Routes[0], t, a) == scenarios.Refused {
			list = append(list, replica)
		}
	}
	return list
}

// stillRefuse requires that no replica has forgotten what it knew.
func (h heard) stillRefuse(p *scenarios.Play, t *scenarios.Token) {
	for _, replica := range h {
		p.Call(t, scenarios.WantRefused, scenarios.At(replica))
	}
}
