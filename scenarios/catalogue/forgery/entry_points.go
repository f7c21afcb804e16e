package forgery

import (
	"fmt"

	"github.com/revocheck/revocheck/scenarios"
)

// entryPoints are where a forgery is tried: each may have a validator of its
// own.
type entryPoints struct {
	first  scenarios.EntryPoint
	others []scenarios.EntryPoint
	inTurn bool
	sent   int
}

// entryPointsOf finds those that tell a live token from none. At a slow pace each
// forgery goes to the first of them and to one other in turn.
func entryPointsOf(p *scenarios.Play, live *scenarios.Token) *entryPoints {
	all := p.DiscriminatingEntryPoints(live)
	if len(all) == 0 {
		p.Call(live, scenarios.WantAccepted) // it may have been ended
		p.NotRun("no route tells a live token from none: no forgery can be told from it either")
	}
	e := &entryPoints{first: all[0], others: all[1:]}
	if limits := p.Contract().Limits; len(e.others) > 1 && (limits.Rate > 0 && limits.Rate < slowPace || limits.Replays > 0) {
		e.inTurn = true
		p.Note("each forgery went to %s and to one more entry point in turn, as limits has it", e.first.Name)
	}
	return e
}

// large is a token that some header limits are too small for, in bytes.
const large = 1500

// slowPace is the rate, in requests a second, below which not everything is
// sent everywhere.
const slowPace = 100

// tryAll sends a token that must not be accepted anywhere. One that is larger than
// the target reads is not tried.
func (e *entryPoints) tryAll(p *scenarios.Play, forged *scenarios.Token) {
	if len(forged.Raw) > large && p.TurnedAway(forged) {
		p.Note("left out, because the target does not read a request so large: %s", forged)
		return
	}
	p.Call(forged, scenarios.WantNotAccepted, e.first.On()...)
	turn := e.sent
	e.sent++
	for i, at := range e.others {
		if !e.inTurn || i == turn%len(e.others) {
			p.CallThere(at, forged, scenarios.WantNotAccepted)
		}
	}
}

// summary leaves one step for what was sent to the others.
func (e *entryPoints) summary(p *scenarios.Play) {
	if len(e.others) == 0 || e.sent == 0 {
		return
	}
	each := len(e.others)
	if e.inTurn {
		each = 1
	}
	p.Summary(fmt.Sprintf("the same at %d other entry points (routes, HEAD, replicas)", len(e.others)), "not-accepted", "not accepted", e.sent*each, true)
}
