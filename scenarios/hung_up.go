package scenarios

import "github.com/revocheck/revocheck/scenarios/wire"

// SendOdd sends a request that a firewall may take for an attack, and end the
// connection instead of answering: that is no acceptance, if it happens again
// and a call without a token is still answered.
func (p *Play) SendMalformed(r Request, want Outcome) Answer {
	a := p.Send(r, want)
	if !wire.Dropped(a.Err) {
		return a
	}
	if a = p.Send(r, want); wire.Dropped(a.Err) {
		plain := p.Send(p.CanonicalRequest(p.contract.Routes[0], ""), Refused)
		a.HungUp = plain.Err == nil
	}
	return a
}
