package scenarios

// BareLogin is a login at the target's login.path that names nobody and carries
// a raw token, "" for none.
func (p *Play) BareLogin(raw string) Request {
	c := p.contract.Login
	req := c.request(c.withFields(map[string]any{}))
	if raw != "" {
		req.Carry(p.contract.Carrier, raw)
	}
	return req
}

// Granted is the token in the answer to a request of BareLogin; "" if there is
// none.
func (p *Play) Granted(a Answer) string {
	if a.planned != Unjudged {
		return ""
	}
	raw, why := p.contract.tokenIn(a)
	if why != "" {
		return ""
	}
	p.run.secret(raw)
	return raw
}
