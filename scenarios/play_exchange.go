package scenarios

import "github.com/revocheck/revocheck/scenarios/wire"

// BareLogin is a login at the target's login.path that names nobody and carries
// a raw token, "" for none.
func (p *Play) BareLogin(raw string) Request {
	req := wire.BareLogin(p.contract.Login)
	if raw != "" {
		req.Carry(p.contract.Carrier, raw)
	}
	return req
}

// Granted is the token in the answer to a request of BareLogin; "" if there is
// none.
func (p *Play) Granted(a Answer) string {
	if a.Planned != Unjudged {
		return ""
	}
	raw, why := wire.TokenIn(p.contract, a)
	if why != "" {
		return ""
	}
	p.run.secret(raw)
	return raw
}
