package scenarios

import (
	"sync"
	"time"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios/contract"
	"github.com/revocheck/revocheck/scenarios/token"
)

// newToken logs a user in until the token is one that no other login of the run
// has been given. Where only the second of its issue tells a token from the
// next, scenarios take turns: each second has one token for all of them.
func (p *Play) newToken(user User, role, name string, l login) *Token {
	t := p.loginOnce(user, role, name, l)
	if l.sameOK || p.seen.add(t.Raw) {
		return t
	}
	mine := p.turns.of(user)
	mine.Lock()
	defer mine.Unlock()
	if mine.stuck == token.Signed(t.Raw) {
		p.sameAgain(t)
	}
	for same := 0; ; {
		p.Note("the login of %s was repeated a second later: it gave a token that had been given before", role)
		p.lapse(1100*time.Millisecond, func() {})
		last := token.Signed(t.Raw)
		t = p.loginOnce(user, role, name, l)
		if p.seen.add(t.Raw) {
			return t
		}
		if same++; token.Signed(t.Raw) != last {
			same = 0
		}
		if same == 2 {
			mine.stuck = last
			p.sameAgain(t)
		}
	}
}

// turns has one for each user by name.
type turns struct{ users sync.Map }

// turn is had by one login of a user at a time.
type turn struct {
	sync.Mutex
	stuck string // what is signed of the token that the user is given again and again
}

func (t *turns) of(u User) *turn {
	one, _ := t.users.LoadOrStore(u.Name, &turn{})
	return one.(*turn)
}

// sameAgain stops the scenario over a target that does not hand out new tokens.
func (p *Play) sameAgain(t *Token) {
	p.mu.Lock()
	var dead bool
	for _, e := range p.trail {
		dead = dead || e.kind == endedEvent && e.token.Raw == t.Raw
	}
	p.mu.Unlock()
	dead = dead || p.seen.ended(t.Raw)
	if p.contract.LoginWay() != contract.ByPath {
		p.NotRun("%s gives the same token again and again: scenarios would end each other's; every login has to give a new one (Entra ID and caches before it may hand out one they have)", p.contract.LoginWay())
	}
	if dead {
		p.FailAs(report.LiveRefused, report.Where{report.OfSession: "the same text as a dead token"}, "a new login was given the very token %s that had been logged out", t)
	}
	p.NotRun("the target gives the same token for every login of a user: scenarios would end each other's")
}
