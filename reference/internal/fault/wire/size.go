package wire

import (
	"errors"
	"net/http"

	"github.com/revocheck/revocheck/reference/internal/fault"
	"github.com/revocheck/revocheck/reference/internal/gateway"
	"github.com/revocheck/revocheck/reference/token"
)

var sizeFaults = []fault.Fault{
	{Name: "huge-token-skips-check", Summary: "A call whose Authorization header is over 8 KiB is forwarded without any check.", Plant: fault.Each(waveThroughHuge)},
	{Name: "huge-token-500", Summary: "A token over 8 KiB makes the gateway fail with 500.", Plant: fault.Each(failOnHuge)},
	{Name: "many-headers-skips-check", Summary: "A call with more than 50 header fields is not checked for revocation.", Plant: fault.Unchecked(manyHeaders)},
}

const manyFields = 50

func waveThroughHuge(p *gateway.Process) {
	admit := p.Admit
	p.Admit = func(r *http.Request) (*gateway.Call, error) {
		if size(r.Header["Authorization"]) <= gateway.MaxToken {
			return admit(r)
		}
		return &gateway.Call{Credential: gateway.Credential{Request: r}, Token: &token.Token{}}, nil
	}
}

func size(values []string) int {
	n := 0
	for _, value := range values {
		n += len(value)
	}
	return n
}

func failOnHuge(p *gateway.Process) {
	refuse := p.Refuse
	p.Refuse = func(w http.ResponseWriter, r *http.Request, err error) {
		if errors.Is(err, gateway.ErrTooLong) {
			fault.ServeFailure(w)
			return
		}
		refuse(w, r, err)
	}
}

func manyHeaders(c *gateway.Call) bool {
	n := 0
	for _, values := range c.Request.Header {
		n += len(values)
	}
	return n > manyFields
}
