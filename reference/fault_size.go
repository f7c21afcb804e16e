package reference

import (
	"errors"
	"net/http"

	"github.com/revocheck/revocheck/reference/token"
)

var sizeFaults = []Fault{
	{Name: "huge-token-skips-check", Summary: "A call whose Authorization header is over 8 KiB is forwarded without any check.", Plant: Each(waveThroughHuge)},
	{Name: "huge-token-500", Summary: "A token over 8 KiB makes the gateway fail with 500.", Plant: Each(failOnHuge)},
	{Name: "many-headers-skips-check", Summary: "A call with more than 50 header fields is not checked for revocation.", Plant: Unchecked(manyHeaders)},
}

const manyFields = 50

func waveThroughHuge(p *Process) {
	admit := p.Admit
	p.Admit = func(r *http.Request) (*Call, error) {
		if size(r.Header["Authorization"]) <= MaxToken {
			return admit(r)
		}
		return &Call{Credential: Credential{Request: r}, Token: &token.Token{}}, nil
	}
}

func size(values []string) int {
	n := 0
	for _, value := range values {
		n += len(value)
	}
	return n
}

func failOnHuge(p *Process) {
	refuse := p.Refuse
	p.Refuse = func(w http.ResponseWriter, r *http.Request, err error) {
		if errors.Is(err, ErrTooLong) {
			ServeFailure(w)
			return
		}
		refuse(w, r, err)
	}
}

func manyHeaders(c *Call) bool {
	n := 0
	for _, values := range c.Request.Header {
		n += len(values)
	}
	return n > manyFields
}
