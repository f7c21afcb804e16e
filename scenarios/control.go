package scenarios

import (
	"fmt"

	"github.com/revocheck/revocheck/report"
)

// event is what the check of controls needs to know of a verb.
type event struct {
	kind  eventKind
	token *Token
	line  int
}

type eventKind int

const (
	issuedEvent eventKind = iota
	acceptedEvent
	refusedEvent
	endedEvent
)

func (p *Play) trace(t *Token, want Want, o Outcome, c *call) {
	switch {
	case want == "":
		p.traceKind(issuedEvent, t)
	case c.open:
	case o == Accepted:
		p.traceKind(acceptedEvent, t)
	case want == WantRefused:
		p.traceKind(refusedEvent, t)
	}
}

func (p *Play) traceKind(k eventKind, t *Token) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.trail = append(p.trail, event{k, t, p.line})
}

// unproven is a refusal that proves nothing, and the line of it in a script.
type unproven struct {
	line int
	what string
}

// uncontrolled names the first refusal that proves nothing, because the token
// was never seen alive, or no live token was accepted after it, or the dead
// one was not tried again after that. A gateway that refuses everything would
// pass such a scenario.
func uncontrolled(trail []event) *unproven {
	for i, e := range trail {
		if e.kind != refusedEvent || refusedIn(trail[:i], e.token) {
			continue
		}
		if !seenAlive(trail[:i], e.token) {
			return &unproven{e.line, fmt.Sprintf("%s is refused without having been accepted before", e.token.name())}
		}
		control := nextAccepted(trail, i)
		if control < 0 {
			return &unproven{e.line, fmt.Sprintf("no live token is accepted after the refusal of %s", e.token.name())}
		}
		if !refusedIn(trail[control:], e.token) {
			return &unproven{e.line, fmt.Sprintf("%s is not refused once more after the live control in line %d", e.token.name(), trail[control].line)}
		}
	}
	return nil
}

func seenAlive(before []event, t *Token) bool {
	for _, e := range before {
		if e.kind == acceptedEvent && (t == nil || t.sharesLife(e.token)) {
			return true
		}
	}
	return false
}

// sharesLife reports whether another token being accepted shows that this one
// could have been.
func (t *Token) sharesLife(other *Token) bool {
	if other == nil {
		return false
	}
	return other.of == t.of || t.from != nil && other.of == t.from.of
}

func nextAccepted(trail []event, from int) int {
	for i := from + 1; i < len(trail); i++ {
		if trail[i].kind == acceptedEvent {
			return i
		}
	}
	return -1
}

func refusedIn(events []event, t *Token) bool {
	for _, e := range events {
		if e.kind != refusedEvent {
			continue
		}
		if t == e.token || t != nil && e.token != nil && t.of == e.token.of {
			return true
		}
	}
	return false
}

// whichSession says what a live token that was refused is to those that were
// logged out before.
func (p *Play) whichSession(t *Token, where report.Where) report.Where {
	if t == nil {
		return where
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if last := t.of.life.lastAccepted; !last.IsZero() && p.now().Sub(last) >= later {
		where[report.AtTime] = report.SomeTimeLater
	}
	delete(where, report.OfUser)
	switch mine, others := p.endedBefore(t); {
	case mine && t.asked.After(p.lastEndThere):
		where[report.OfSession] = "a login after a logout of the same user"
	case mine:
		where[report.OfSession] = "another session of the user who logged out"
	case others:
		where[report.OfSession] = "another user than the one who logged out"
	}
	return where
}

// endedBefore reports whether tokens of the same user, and of other ones, were
// logged out in the scenario.
func (p *Play) endedBefore(t *Token) (mine, others bool) {
	for _, user := range p.endedOf {
		mine, others = mine || user == t.user.Name, others || user != t.user.Name
	}
	return mine, others
}
