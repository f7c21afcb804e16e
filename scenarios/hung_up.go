package scenarios

import (
	"errors"
	"io"
	"syscall"
)

// SendOdd sends a request that a firewall may take for an attack, and end the
// connection instead of answering: that is no acceptance, if it happens again
// and a call without a token is still answered.
func (p *Play) SendOdd(r Request, want Outcome) Answer {
	a := p.Send(r, want)
	if !dropped(a.Err) {
		return a
	}
	if a = p.Send(r, want); dropped(a.Err) {
		plain := p.Send(p.CanonicalRequest(p.contract.Routes[0], ""), Refused)
		a.hungUp = plain.Err == nil
	}
	return a
}

// dropped reports whether a connection ended before an answer came.
func dropped(err error) bool {
	return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, syscall.ECONNRESET) || errors.Is(err, syscall.EPIPE)
}
