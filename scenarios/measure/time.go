package measure

import (
	"fmt"
	"time"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
	"github.com/revocheck/revocheck/scenarios/contract"
)

// looks is how often a dead token is looked at while it is watched.
const looks = 30

// duration finds how long a logged-out token stays refused. One token is
// called all the time and another one left alone, since calls that are
// refused may keep a block alive.
func (m *measuring) duration(p *scenarios.Play) Result {
	busy, idle := live(p, "B"), live(p, "I")
	m.ended(p, busy, 0)
	if p.Has(scenarios.ScopeOne) { // else it is dead already, and may not log out
		m.ended(p, idle, 0)
	}
	if works(p, busy, 0) || works(p, idle, 0) {
		return Result{Grade: Gap, Finding: "a logged-out token works at once", Means: "There is no block to measure."}
	}
	w := watchBlock(p, busy, idle)
	return w.measurement()
}

// block is how two dead tokens fared.
type block struct {
	life       time.Duration // what a token has left at its logout; 0 if it has no exp
	watched    time.Duration // from the logout to the last look
	from, till time.Duration // the busy token came back between these
	back       bool
	idleBack   bool
	toTheEnd   bool // it was watched until the token's exp
}

// watchBlock looks until the token comes back, expires, or the wait is over.
func watchBlock(p *scenarios.Play, busy, idle *scenarios.Token) block {
	began := p.Clock().Now()
	w := block{}
	limit := p.Clock().LeftToWait()
	if left, ok := p.Clock().Left(busy); ok {
		w.life = left
		if rest := left - p.Clock().Guard() - time.Second; rest < limit {
			limit, w.toTheEnd = rest, true
		}
	}
	step := max(limit/looks, time.Second)
	for !w.back && w.watched+step <= limit {
		p.Clock().Wait(step)
		w.from, w.watched = w.watched, p.Clock().Now().Sub(began)
		w.back = asked(p, busy, p.CanonicalRequest(p.Contract().Routes[0], busy.Raw))
	}
	w.till = w.watched
	w.idleBack = asked(p, idle, p.CanonicalRequest(p.Contract().Routes[0], idle.Raw))
	return w
}

func (w block) measurement() Result {
	seconds := func(name string, d time.Duration) report.Number {
		return report.Number{Name: name, Value: d.Seconds(), Unit: "s"}
	}
	whole := func(d time.Duration) string { return d.Round(time.Second).String() }
	m := Result{Grade: Gap, Numbers: []report.Number{seconds("watched", w.watched), seconds("life left at logout", w.life)}}
	switch {
	case w.back:
		m.Numbers = append(m.Numbers, seconds("refused at least", w.from), seconds("refused at most", w.till))
		m.Finding = fmt.Sprintf("a logged-out token works again between %s and %s after its logout", whole(w.from), whole(w.till))
		m.Means = "The block ends before the token does: " + w.rest()
	case w.idleBack:
		m.Finding = fmt.Sprintf("a logged-out token that is left alone works again %s after its logout; one that is called all the time stays refused", whole(w.watched))
		m.Means = "Refused calls keep the block alive. A thief who waits gets in: " + w.rest()
	case w.toTheEnd:
		m.Grade, m.Finding = Holds, fmt.Sprintf("a logged-out token stays refused to the end of its life (%s)", whole(w.watched))
		m.Means = "The block lasts as long as the token."
	default:
		m.Grade, m.Finding = Holds, fmt.Sprintf("a logged-out token stays refused for %s at the least; no longer was watched", whole(w.watched))
		m.Means = "It may end later, as what is kept for a time is forgotten when that is over. Raise --max-wait past that time to be sure."
	}
	return m
}

func (w block) rest() string {
	if w.life == 0 {
		return "the token has no exp, and works for ever."
	}
	return fmt.Sprintf("the copy of a token is good for the rest of its life, %s at its logout.", w.life.Round(time.Second))
}

// clocks compares the clocks of the gateway, of the issuer and of this machine.
func (m *measuring) clocks(p *scenarios.Play) Result {
	before := time.Now()
	t := p.Login("alice", "C")
	after := time.Now()
	if p.Powers().Now != nil {
		before, after = p.Clock().Now(), p.Clock().Now()
	}
	clock := m.clock
	found := Result{Grade: Holds, Numbers: []report.Number{{Name: "gateway ahead of this machine", Value: clock.Ahead.Seconds(), Unit: "s"}}}
	found.Finding = "Date header: " + offset(clock.Ahead)
	if m.clock.Undated {
		found.Finding = "no answer has a Date"
	}
	issued, ok := t.Instant("iat")
	if !ok || p.Contract().LoginWay() == contract.ByTokens {
		found.Finding += "; iat of a new token: not known"
		found.Means = "Only the gateway's clock could be compared."
		return found
	}
	ahead := beyond(issued, before, after)
	found.Numbers = append(found.Numbers, report.Number{Name: "issuer ahead of this machine", Value: ahead.Seconds(), Unit: "s"})
	found.Finding += "; iat of a new token: " + offset(ahead)
	apart := ahead - clock.Ahead
	switch {
	case apart > time.Second+clock.Unsure:
		found.Grade = Gap
		found.Means = fmt.Sprintf("The issuer is %s ahead of the gateway: new tokens may be refused as not valid yet, and expired ones accepted for as long.", apart.Round(time.Second))
	case apart < -time.Minute:
		found.Means = "The issuer dates tokens back, or its clock is behind."
	default:
		found.Means = "Lifetimes are measured alike on all sides."
	}
	return found
}

// beyond is how far an instant, in whole seconds, lies outside of an interval.
func beyond(at, before, after time.Time) time.Duration {
	switch {
	case at.After(after):
		return at.Sub(after)
	case at.Add(time.Second).Before(before):
		return at.Add(time.Second).Sub(before)
	}
	return 0
}

func offset(d time.Duration) string {
	switch d = d.Round(100 * time.Millisecond); {
	case d > 0:
		return fmt.Sprintf("%s ahead of this machine", d)
	case d < 0:
		return fmt.Sprintf("%s behind this machine", -d)
	}
	return "no difference to this machine"
}
