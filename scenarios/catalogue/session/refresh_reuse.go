package session

import (
	"time"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/report/latency"
	"github.com/revocheck/revocheck/scenarios"
	"github.com/revocheck/revocheck/scenarios/contract"
)

var refreshReuse = scenarios.Scenario{
	ID:    "session/refresh-reuse",
	Title: "A used refresh token does what the target says",
	Level: report.Must,
	Requirement: "A refresh token that was used must buy no token that is accepted once its declared grace (none by default) has passed, however many came after it and whether or not it was used within the grace; " +
		"it ends its family if that is declared, and nothing else in any case.",
	Refs:  append([]string{"RFC 9700 section 4.14.2", "RFC 6749 section 10.4", "CWE-294"}, refs...),
	Needs: []scenarios.Capability{scenarios.RefreshReuse},
	Fix: "Remember every refresh token of a session as used, at once and for as long as it lives, from its first use; on reuse end what came of the same login, and no other session. " +
		"If the gateway does otherwise and is to, say so in refresh.reuse and refresh.grace.",
	Run: func(p *scenarios.Play) {
		grace := p.Contract().Refresh.Grace
		if !p.Clock().CanWait(afterGrace(p)) {
			p.NotRun("it has to wait for %s until the grace has passed, and --max-wait is less", afterGrace(p))
		}
		sibling := renewed(p, "S", 0)
		one, two, within := reuse(p, "T", 1), reuse(p, "V", 2), reuse(p, "W", 1)
		late := grace * 4 / 5 // of a grace that begins anew then, more is left than must pass
		if grace > 0 {
			within.inGrace(p)
			p.Clock().Wait(late)
			within.inGrace(p)
		}
		p.Clock().Wait(afterGrace(p) - late)
		for _, f := range []*family{one, two, within} {
			f.afterGrace(p)
		}
		p.Call(sibling, scenarios.WantAccepted)
		renew(p, sibling, "S3", report.Where{report.OfSession: "another session than that of the used refresh token"})
		if p.Contract().Refresh.Reuse == contract.ReuseEndsFamily {
			p.Latency(latency.RefreshReuse, latency.SameReplica, make([]time.Duration, 3), 0, afterReuse)
		}
		control(p)
		for _, f := range []*family{one, two, within} {
			f.refused(p)
		}
	},
}

const afterReuse = "until the newest refresh token of the family bought nothing; 0: the first refresh after the reuse was refused"

// afterGrace is when a sound target takes a used refresh token no more: many count
// whole seconds.
func afterGrace(p *scenarios.Play) time.Duration {
	grace := p.Contract().Refresh.Grace
	if grace == 0 {
		return 0
	}
	return grace + p.Clock().Guard()
}

// family is what came of one login.
type family struct {
	used, newest *scenarios.Token
	rotated      scenarios.Answer // the first one
}

// reuse begins a family whose first refresh token has been used, and so many have
// come after it.
func reuse(p *scenarios.Play, name string, generations int) *family {
	first := p.Login("alice", name)
	p.Call(first, scenarios.WantAccepted)
	f := &family{used: first, newest: first}
	for i := range generations {
		before := f.newest
		began := time.Now()
		f.newest = renew(p, before, name+string(rune('2'+i)), nil)
		if i == 0 {
			f.rotated = scenarios.Answer{Sent: began, Received: time.Now()}
		}
		if !p.Planning() && f.newest.SameRefreshToken(before) {
			p.FailAs(report.OtherWrong, report.Where{report.OnlyScenario: "a refresh gives no other refresh token"},
				"a refresh of %s gave no other refresh token, and rotation is declared: give one, write refresh.refresh_token if the answer has it elsewhere, or leave out refresh.rotates", before)
		}
	}
	return f
}

// inGrace uses the used refresh token again at once: where the answer came within
// the grace, it must work, and do no harm.
func (f *family) inGrace(p *scenarios.Play) {
	req := renewOf(p, f.used, 0)
	a := p.Send(req, scenarios.Accepted)
	again, o := p.Refreshed(f.used, "W'", a)
	surely := p.Clock().Movable() || a.Received.Sub(f.rotated.Sent) < p.Contract().Refresh.Grace
	kept(p, req, "a token, within the grace", a, o, o == scenarios.Accepted || !surely)
	switch {
	case !surely:
		p.Note("the machine was too slow to use a refresh token again within the grace")
		return
	case o == scenarios.Refused:
		p.FailAs(report.LiveRefused, report.Where{report.InForm: "a refresh token that is used again within the declared grace"},
			"a refresh token that was used again within the declared grace of %s was answered %d", p.Contract().Refresh.Grace, a.Status)
	case o != scenarios.Accepted:
		p.Inconclusive("a refresh within the grace was answered with nothing that tells of it: %s%s", a.Text(o), o.Hint(false))
	}
	p.Call(again, scenarios.WantAccepted)
	f.newest = renew(p, f.newest, "W3", report.Where{report.AfterEvent: "a used refresh token was used again within the grace"})
}

// afterGrace uses the used refresh token again: it must buy nothing, and the family
// must be as the target says.
func (f *family) afterGrace(p *scenarios.Play) {
	f.refused(p)
	if p.Contract().Refresh.Reuse == contract.ReuseEndsFamily {
		ended := time.Now()
		if buys(p, f.newest, renewOf(p, f.newest, 0)) {
			p.Latency(latency.RefreshReuse, latency.SameReplica, []time.Duration{time.Since(ended)}, 1, afterReuse)
			p.FailAs(report.SessionRefreshed, report.Where{report.AfterEvent: "a used refresh token was used again"}, "after a used refresh token was used again, the newest one of its family, that of %s, bought a token that is accepted: reuse: ends-family is declared", f.newest)
		}
		return
	}
	f.newest = renew(p, f.newest, f.newest.Name+"n", report.Where{report.AfterEvent: "a used refresh token was used again, which is to be refused alone"})
}

func (f *family) refused(p *scenarios.Play) {
	if buys(p, f.used, renewOf(p, f.used, 0)) {
		p.FailAs(report.UsedAgain, report.Where{}, "a refresh token that had been used, that of %s, bought a token that is accepted", f.used)
	}
}
