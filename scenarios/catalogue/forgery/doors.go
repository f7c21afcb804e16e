package forgery

import (
	"fmt"

	"github.com/revocheck/revocheck/scenarios"
)

// doors are the places at which a forgery is tried: each may have a validator
// of its own.
type doors struct {
	first  scenarios.Place
	others []scenarios.Place
	inTurn bool
	sent   int
}

// doorsOf finds the places that tell a live token from none. At a slow pace each
// forgery goes to the first of them and to one other in turn.
func doorsOf(p *scenarios.Play, live *scenarios.Token) *doors {
	all := p.TellingPlaces(live)
	if len(all) == 0 {
		p.Call(live, scenarios.WantAccepted) // it may have been ended
		p.NotRun("no route tells a live token from none: no forgery can be told from it either")
	}
	d := &doors{first: all[0], others: all[1:]}
	if limits := p.Contract().Limits; len(d.others) > 1 && (limits.Rate > 0 && limits.Rate < slowPace || limits.Replays > 0) {
		d.inTurn = true
		p.Note("each forgery went to %s and to one more place in turn, as limits has it", d.first.Name)
	}
	return d
}

// slowPace is the rate, in requests a second, below which not everything is
// sent everywhere.
const slowPace = 100

// tryAll sends a token that must not be accepted anywhere.
func (d *doors) tryAll(p *scenarios.Play, forged *scenarios.Token) {
	p.Call(forged, scenarios.WantNotAccepted, d.first.On()...)
	turn := d.sent
	d.sent++
	for i, at := range d.others {
		if !d.inTurn || i == turn%len(d.others) {
			p.CallThere(at, forged, scenarios.WantNotAccepted)
		}
	}
}

// summary leaves one step for what was sent to the other places.
func (d *doors) summary(p *scenarios.Play) {
	if len(d.others) == 0 || d.sent == 0 {
		return
	}
	each := len(d.others)
	if d.inTurn {
		each = 1
	}
	p.Summary(fmt.Sprintf("the same at %d other places (routes, HEAD, replicas)", len(d.others)), "not-accepted", "not accepted", d.sent*each, true)
}
