package forgery

import (
	"strings"

	"github.com/revocheck/revocheck/reference/internal/fault"
	"github.com/revocheck/revocheck/reference/internal/gateway"
	"github.com/revocheck/revocheck/reference/token"
)

var signatureCacheFaults = []fault.Fault{
	{Name: "signature-cache-by-signature-alone", Summary: "A signature that held once is not checked again, whatever it stands under.", Plant: fault.Each(rememberBy(signatureAlone))},
	{Name: "signature-cache-by-text-alone", Summary: "A text that was signed well once is not checked again, whatever signature it has.", Plant: fault.Each(rememberBy(textAlone))},
}

func signatureAlone(raw string) string { return raw[strings.LastIndexByte(raw, '.')+1:] }

func textAlone(raw string) string { return raw[:max(strings.LastIndexByte(raw, '.'), 0)] }

// rememberBy remembers too little of a token whose signature held: all tokens
// that share it pass.
func rememberBy(part func(raw string) string) func(*gateway.Process) {
	return func(p *gateway.Process) {
		verify, held := p.Verify, &fault.Notes[bool]{}
		p.Verify = func(c gateway.Credential) (*token.Token, error) {
			if part(c.Raw) != "" && held.Get(part(c.Raw)) {
				return fault.Unsigned(p, c.Raw)
			}
			t, err := verify(c)
			if err == nil {
				held.Put(part(c.Raw), true)
			}
			return t, err
		}
	}
}
