package scenarios

import (
	"fmt"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios/wire"
)

// failedLogouts is how often in a row the logout of a signed token has to fail
// to be no accident.
const failedLogouts = 3

// LogoutMinted logs out a token that the suite has signed and that is accepted. It is
// false if the target refuses that logout: then nothing was acknowledged, nothing
// can have leaked, and a note says so. A target at which such a logout fails each
// time, while the logout of an issued token works, has let a token in that nobody
// can log out; that stops the scenario.
func (p *Play) LogoutMinted(t *Token) (ended bool) {
	a := p.logoutMinted(t, nil)
	return wire.Acknowledged(p.contract, a)
}

// mustLogoutMinted stops the scenario if the logout is refused.
func (p *Play) mustLogoutMinted(t *Token, opts []CallOption) Answer {
	a := p.logoutMinted(t, opts)
	if !wire.Acknowledged(p.contract, a) {
		p.Undeclared(Mint, "the logout of %s, which the suite has signed, was not acknowledged (%s): there is nothing that it should have ended", t, failedText(a))
	}
	return a
}

func (p *Play) logoutMinted(t *Token, opts []CallOption) (a Answer) {
	c := &call{req: p.LogoutRequest(t)}
	for _, o := range opts {
		o(c)
	}
	for range failedLogouts {
		a = p.sender.Send(p.ctx, c.req, Accepted)
		ok := wire.Acknowledged(p.contract, a)
		p.Step(report.Step{
			Request: c.req.String(), Actual: logoutText(a, ok), Took: report.Duration(a.Received.Sub(a.Sent)), OK: true,
		})
		if ok {
			p.Ended(t, a)
			return a
		}
		bad := p.judgeLogout(t, Acknowledged, a, false)
		switch {
		case p.ctx.Err() != nil || !a.Down() && bad.verdict != report.Fail:
			panic(*bad)
		case !a.Down():
			p.Note("%s: its logout was refused (%d), so that nothing was acknowledged and nothing can have leaked", t, a.Status)
			return a
		}
	}
	p.mustNotLive(t, a)
	return a
}

// mustNotLive stops the scenario if a token whose logout failed each time, the
// last time with a, is accepted, and an issued one can be logged out: the target
// is not away.
func (p *Play) mustNotLive(t *Token, a Answer) {
	after := p.Call(t, WantAny)
	if o := p.Judge(p.contract.Routes[0], t, after); o != Accepted {
		p.Note("%s: its logout failed (%s), and it is not accepted any more (%d)", t, failedText(a), after.Status)
		return
	}
	if !p.HasGiven() {
		other := p.Login("alice", "issued")
		p.Call(other, WantAccepted)
		p.Logout(other, Acknowledged)
	}
	p.FailAs(report.LogoutFailed, report.Where{report.OfToken: t.Name}, "this token cannot be logged out: each of %d logouts of %s failed (%s), and it is still accepted (%d), while an issued token can be logged out",
		failedLogouts, t, failedText(a), after.Status)
}

func failedText(a Answer) string {
	if a.Err != nil {
		return "no answer: " + wire.Reason(a.Err)
	}
	return fmt.Sprint(a.Status)
}
