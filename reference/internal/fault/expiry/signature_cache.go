package expiry

import (
	"github.com/revocheck/revocheck/reference/internal/fault"
	"github.com/revocheck/revocheck/reference/internal/gateway"
	"github.com/revocheck/revocheck/reference/token"
)

var signatureCacheFaults = []fault.Fault{
	{Name: "signature-cache-outlives-exp", Summary: "A token that was accepted once is not looked at again, and so is accepted after exp.", Plant: fault.Each(rememberAccepted)},
}

func rememberAccepted(p *gateway.Process) {
	verify, accepted := p.Verify, &fault.Notes[bool]{}
	p.Verify = func(c gateway.Credential) (*token.Token, error) {
		if accepted.Get(c.Raw) {
			return token.Read(c.Raw) // anew: a token is for one call
		}
		t, err := verify(c)
		if err == nil {
			accepted.Put(c.Raw, true)
		}
		return t, err
	}
}
