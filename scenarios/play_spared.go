package scenarios

// Spared requires that a live token still is, after what somebody else did.
func (p *Play) Spared(victim *Token, after string) {
	a := p.Call(victim, WantAny)
	switch o := p.Judge(p.contract.Routes[0], victim, a); {
	case p.planning || o == Accepted:
	case o == Refused && p.RanOut(victim):
		p.Inconclusive("%s", ranOutText(victim, a))
	case o == Refused:
		p.Fail("%s ended the session of %s: it is refused (%d)", after, victim, a.Status)
	default:
		p.Inconclusive("after %s, %s was answered %d: %s", after, victim, a.Status, o)
	}
}
