package scenarios

import (
	"fmt"
	"time"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios/contract"
	"github.com/revocheck/revocheck/scenarios/wire"
)

// obtainElsewhere has a token from the target's own source (Powers.Login) or
// from those that were given.
func (p *Play) obtainElsewhere(user User, role string, l login) obtained {
	i := obtained{request: p.contract.LoginText() + " for " + role, elsewhere: true}
	if len(l.change) > 0 {
		p.Note("nothing could be sent along with the login: the tokens come from %s, not from the gateway", p.contract.LoginWay())
	}
	i.answer.Sent = time.Now()
	switch {
	case p.planning:
		p.sender.(*plan).login(i.request, user.Name, tokenSource(p.contract))
		i.raw = planToken(p, user, l.asked())
	case p.contract.LoginWay() == contract.ByTokens:
		i.raw, i.why = p.takeGiven(user)
	default:
		i.raw, i.why = wire.FromSource(p.ctx, p.run.limit, p.contract, p.instance.Powers.Login, user)
	}
	i.answer.Received = time.Now()
	return i
}

// takeGiven takes a token of those that were set aside for the scenario, or of
// those that nobody needs: what a target accepts decides how many it takes.
func (p *Play) takeGiven(u User) (raw, why string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if mine := p.given[u.Name]; len(mine) > 0 {
		p.given[u.Name] = mine[1:]
		return mine[0], ""
	}
	raw, ok := p.run.tokens.more(u.Name, p.now())
	if !ok {
		panic(stop{verdict: report.NotRun, why: fmt.Sprintf("it needs one more token of user %q than was foreseen, and none is left: give more tokens", u.Name)})
	}
	return raw, ""
}
