package scenarios

import "github.com/revocheck/revocheck/report"

// Spared requires that a live token still is, after what somebody else did.
func (p *Play) StillLive(victim *Token, after string) {
	p.StillLiveAfter(victim, after, func() bool { return true })
}

// SparedBy is Spared, where again does the same to another session and reports
// whether that one ends: a victim that fell while another does not may have
// fallen to something else.
func (p *Play) StillLiveAfter(victim *Token, after string, again func() bool) {
	a := p.Call(victim, WantAny)
	switch o := p.Judge(p.contract.Routes[0], victim, a); {
	case p.planning || o == Accepted:
	case o == Refused && p.RanOut(victim):
		p.Inconclusive("%s", ranOutText(victim, a))
	case o == Refused && !again():
		p.FailAs(report.LiveRefused, report.Where{report.AtTime: "at times"}, "a live token was refused (over-block): %s answered %d after %s, which did not end another session when it was tried again: "+
			"it may have fallen to somebody else's logout", victim, a.Status, after)
	case o == Refused:
		p.FailAs(report.LiveRefused, report.Where{report.AfterEvent: after}, "%s ended the session of %s: it is refused (%d)", after, victim, a.Status)
	default:
		p.Inconclusive("after %s, %s was answered %d: %s", after, victim, a.Status, o)
	}
}
